#include "tests/unit/load/writer_process.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "load/bulk_loader.h"

extern char** environ;

namespace tripten::test {
namespace {

constexpr const char* kDatabase = "TRIPTEN_TEST_WRITER_DATABASE";
constexpr const char* kAcknowledged = "TRIPTEN_TEST_WRITER_ACKNOWLEDGED";
constexpr const char* kMicroseconds = "TRIPTEN_TEST_WRITER_MICROSECONDS";

Term iri(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

TermQuad random_quad(std::mt19937_64& random, std::uint64_t step) {
  const auto pick = [&](const char* kind, unsigned most) {
    return iri(kind + std::to_string(random() % most));
  };
  Term object = pick("o", 20);
  if (random() % 3 == 0) object = Term::literal("text " + std::to_string(random() % 20));
  if (random() % 5 == 0) object = Term::integer(static_cast<std::int64_t>(random() % 20));
  if (random() % 8 == 0) object = Term::literal("new in step " + std::to_string(step));
  return {pick("s", 15), pick("p", 3), object, random() % 3 ? Term() : pick("g", 2)};
}

TermId graph_id(StoreTransaction& transaction, const Term& graph) {
  return graph ? transaction.intern(view_of(graph)) : kDefaultGraph;
}

Quad quad_of(StoreTransaction& transaction, const TermQuad& quad) {
  return {{transaction.intern(view_of(quad[0])), transaction.intern(view_of(quad[1])),
           transaction.intern(view_of(quad[2])), graph_id(transaction, quad[3])}};
}

void take_step(Store& store, std::uint64_t number) {
  const WriterStep step = writer_step(number);
  if (step.is_load) {
    BulkLoader loader(store, {});
    loader.begin_source();
    for (const TermQuad& quad : step.inserted)
      loader.add({view_of(quad[0]), view_of(quad[1]), view_of(quad[2]), view_of(quad[3])});
    loader.finish();
    return;
  }
  const auto transaction = store.begin();
  for (const TermQuad& quad : step.inserted)
    transaction->insert(quad_of(*transaction, quad));
  for (const TermQuad& quad : step.erased)
    transaction->erase(quad_of(*transaction, quad));
  transaction->commit();
}

/// The kernel kills this process, whatever it is doing then.
void die_after(std::uint64_t microseconds) {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGKILL;
  timer_t timer{};
  REQUIRE(::timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
  itimerspec when{};
  when.it_value.tv_sec = static_cast<time_t>(microseconds / 1'000'000);
  when.it_value.tv_nsec = static_cast<long>(microseconds % 1'000'000 * 1000);
  REQUIRE(::timer_settime(timer, 0, &when, nullptr) == 0);
}

std::uint64_t* map_counter(const std::filesystem::path& file) {
  const int opened = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  REQUIRE(opened >= 0);
  REQUIRE(::ftruncate(opened, sizeof(std::uint64_t)) == 0);
  void* memory =
      ::mmap(nullptr, sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
  ::close(opened);
  REQUIRE(memory != MAP_FAILED);
  return static_cast<std::uint64_t*>(memory);
}

}  // namespace

TermQuad counter_quad(std::uint64_t number) {
  return {iri("counter"), iri("is"), Term::integer(static_cast<std::int64_t>(number)), Term()};
}

WriterStep writer_step(std::uint64_t number) {
  std::mt19937_64 random(number * 1'000'003);
  WriterStep step{.is_load = number % 4 == 0};
  if (step.is_load) {
    step.inserted.push_back(counter_quad(number));
    for (auto count = random() % 60; count > 0; --count)
      step.inserted.push_back(random_quad(random, number));
    return step;
  }
  // A load only adds: the step after it takes the counter of two steps away.
  step.inserted.push_back(counter_quad(number));
  step.erased.push_back(counter_quad(number - 1));
  if (number > 1) step.erased.push_back(counter_quad(number - 2));
  TermQuads mentioned;  // a quad is inserted or erased, not both
  for (auto count = random() % 30; count > 0; --count) {
    const TermQuad quad = random_quad(random, number);
    if (!mentioned.insert(quad).second) continue;
    (random() % 3 ? step.inserted : step.erased).push_back(quad);
  }
  return step;
}

const TermQuads& WriterModel::after(std::uint64_t number) {
  REQUIRE(number >= number_);
  while (number_ < number) {
    const WriterStep step = writer_step(++number_);
    quads_.insert(step.inserted.begin(), step.inserted.end());
    for (const TermQuad& quad : step.erased)
      quads_.erase(quad);
  }
  return quads_;
}

TermQuads quads_of(const StoreView& view) {
  TermQuads quads;
  QuadScan scan = view.scan(QuadOrder::Spog, {});
  QuadColumns rows;
  while (scan.next(rows))
    for (std::size_t i = 0; i < rows.rows; ++i)
      quads.insert({view.term(rows.columns[0][i]), view.term(rows.columns[1][i]),
                    view.term(rows.columns[2][i]), view.term(rows.columns[3][i])});
  return quads;
}

std::uint64_t steps_of(const StoreView& view) {
  const auto subject = view.find(view_of(counter_quad(0)[0]));
  REQUIRE(subject);
  std::uint64_t most = 0;
  QuadScan scan = view.scan(QuadOrder::Spog, {{*subject, kUnbound, kUnbound, kUnbound}});
  QuadColumns rows;
  while (scan.next(rows))
    for (std::size_t i = 0; i < rows.rows; ++i)
      most = std::max<std::uint64_t>(most, std::stoull(view.term(rows.columns[2][i]).value()));
  return most;
}

WriterProcess::WriterProcess(const std::filesystem::path& database,
                             const std::filesystem::path& acknowledged,
                             std::uint64_t microseconds) {
  ::setenv(kDatabase, database.c_str(), 1);
  ::setenv(kAcknowledged, acknowledged.c_str(), 1);
  ::setenv(kMicroseconds, std::to_string(microseconds).c_str(), 1);
  std::string program = "/proc/self/exe", test = "[.writer]";
  std::array<char*, 3> arguments{program.data(), test.data(), nullptr};
  REQUIRE(::posix_spawn(&id_, program.c_str(), nullptr, nullptr, arguments.data(), environ) == 0);
  ::unsetenv(kDatabase);
}

WriterProcess::~WriterProcess() {
  if (!is_running_) return;
  kill();
  wait();
}

void WriterProcess::kill() {
  ::kill(id_, SIGKILL);
}

bool WriterProcess::wait() {
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR)
    continue;
  is_running_ = false;
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

std::uint64_t acknowledged_steps(const std::filesystem::path& acknowledged) {
  std::uint64_t* counter = map_counter(acknowledged);
  const std::uint64_t steps = *static_cast<volatile std::uint64_t*>(counter);
  ::munmap(counter, sizeof *counter);
  return steps;
}

TEST_CASE("A writer takes steps until it is killed", "[.writer]") {
  const char* database = std::getenv(kDatabase);
  REQUIRE(database);
  REQUIRE(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);  // a test that fails leaves no writer behind
  const auto microseconds = std::stoull(std::getenv(kMicroseconds));
  volatile std::uint64_t* acknowledged = map_counter(std::getenv(kAcknowledged));
  if (microseconds) die_after(microseconds);
  const StorePtr store = Store::open(database, {.cache_bytes = 1 << 20, .block_rows = 4});
  for (std::uint64_t step = steps_of(*store->snapshot()) + 1;; ++step) {
    take_step(*store, step);
    *acknowledged = step;
  }
}

}  // namespace tripten::test
