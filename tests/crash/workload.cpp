#include "tests/crash/workload.h"

#include <fstream>
#include <random>

#include <fmt/format.h>

#include "api/loading.h"
#include "load/bulk_loader.h"
#include "load/compaction.h"
#include "storage/backup.h"

namespace tripten::test {
namespace {

namespace fs = std::filesystem;

/// Removes the restored database: whole or not at all, also where the process is killed meanwhile.
void discard(const Places& places) {
  const fs::path discarded = places.folder / "discarded";
  fs::remove_all(discarded);
  if (fs::exists(places.restored())) fs::rename(places.restored(), discarded);
  fs::remove_all(discarded);
}

Term iri(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

TermQuad counter_quad(std::uint64_t number) {
  return {iri("counter"), iri("is"), Term::integer(static_cast<std::int64_t>(number)), Term()};
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

Chore chore_after(std::uint64_t number) {
  switch (number % 12) {
    case 3:
      return Chore::Backup;
    case 5:
      return Chore::Compact;
    case 6:
      return Chore::Reopen;
    case 7:
      return Chore::Backup;
    case 9:
      return Chore::Restore;
    case 11:
      return Chore::Compact;
    default:
      return Chore::None;
  }
}

TermId graph_id(StoreTransaction& transaction, const Term& graph) {
  return graph ? transaction.intern(view_of(graph)) : kDefaultGraph;
}

Quad quad_of(StoreTransaction& transaction, const TermQuad& quad) {
  return {{transaction.intern(view_of(quad[0])), transaction.intern(view_of(quad[1])),
           transaction.intern(view_of(quad[2])), graph_id(transaction, quad[3])}};
}

/// Into a new generation of the base, however small.
void load_generation(Store& store, const std::vector<TermQuad>& quads) {
  BulkLoader loader(store, {});
  loader.begin_source();
  for (const TermQuad& quad : quads)
    loader.add({view_of(quad[0]), view_of(quad[1]), view_of(quad[2]), view_of(quad[3])});
  loader.finish();
}

/// As a user loads a file.
void load_file(Store& store, const fs::path& file, const std::vector<TermQuad>& quads) {
  {
    std::ofstream text(file);
    for (const TermQuad& quad : quads) {
      for (const Term& term : quad)
        if (term) text << term << ' ';
      text << ".\n";
    }
  }
  load_files(store, {file}, {}, std::size_t{16} << 20);
}

void change(Store& store, const Places& places, const Step& step) {
  if (step.is_load && step.chore == Chore::Reopen)
    return load_file(store, places.folder / "step.nq", step.inserted);
  if (step.is_load) return load_generation(store, step.inserted);
  const auto transaction = store.begin();
  for (const TermQuad& quad : step.inserted)
    transaction->insert(quad_of(*transaction, quad));
  for (const TermQuad& quad : step.erased)
    transaction->erase(quad_of(*transaction, quad));
  transaction->commit();
}

void do_chore(StorePtr& store, const StoreOptions& options, const Places& places, Chore chore,
              std::uint64_t steps, Acknowledged& acknowledged) {
  switch (chore) {
    case Chore::None:
      return;
    case Chore::Compact:
      compact(*store, {});
      return;
    case Chore::Reopen:
      store.reset();
      store = Store::open(places.database(), options);
      return;
    case Chore::Backup:
      store->back_up(places.backups(), {});
      acknowledged.backups = steps;
      return;
    case Chore::Restore:
      if (acknowledged.backups == 0) return;  // a killed writer has not come to it
      acknowledged.restored = 0;
      discard(places);
      restore_backup(places.backups(), places.restored(), options.files);
      acknowledged.restored = acknowledged.backups;
      return;
  }
}

/// What is wrong with one database: it holds a step from `least` to `most`, wholly.
void examine(const fs::path& path, std::uint64_t least, std::uint64_t most, Model& model,
             std::vector<std::string>& faults) {
  const auto fault = [&](const std::string& what) {
    faults.push_back(fmt::format("{}: {}", path.filename().string(), what));
  };
  try {
    const StorePtr store = Store::open(path, small_store());
    store->verify(fault);
    const SnapshotPtr snapshot = store->snapshot();
    const auto last = steps_of(*snapshot);
    const std::uint64_t steps = last ? *last + 1 : 0;
    if (steps < least || steps > most)
      fault(fmt::format("it holds {} steps, not {} to {}", steps, least, most));
    else if (quads_of(*snapshot) != (last ? model.after(*last) : TermQuads()))
      fault(fmt::format("its quads are not those of step {}", steps));
    if (fs::exists(path / "incoming")) fault("it has left its folder incoming");
  } catch (const Error& error) {
    fault(error.what());
  }
}

}  // namespace

StoreOptions small_store(const std::shared_ptr<rocksdb::FileSystem>& files) {
  return {.cache_bytes = 1 << 18, .block_rows = 4, .files = files};
}

namespace {

/// A step's own changes.
Step changes_of(std::uint64_t number) {
  std::mt19937_64 random(number * 1'000'003);
  Step step{.is_load = number % 4 == 2, .chore = chore_after(number)};
  step.inserted.push_back(counter_quad(number));
  if (step.is_load) {
    for (auto count = random() % 60; count > 0; --count)
      step.inserted.push_back(random_quad(random, number));
    return step;
  }
  // A load only adds: the step after it takes the counter of two steps away.
  if (number > 0) step.erased.push_back(counter_quad(number - 1));
  if (number > 1) step.erased.push_back(counter_quad(number - 2));
  TermQuads mentioned;  // a quad is inserted or erased, not both
  for (auto count = random() % 30; count > 0; --count) {
    const TermQuad quad = random_quad(random, number);
    if (!mentioned.insert(quad).second) continue;
    (random() % 3 ? step.inserted : step.erased).push_back(quad);
  }
  return step;
}

/// Takes away what steps long ago have inserted: readers of a writer that works for minutes read
/// a database that stays small. Loads take nothing away, so the step after them does it, too.
void forget_old_steps(std::uint64_t number, Step& step) {
  constexpr std::uint64_t kKeptSteps = 400;
  if (number <= kKeptSteps || step.is_load) return;
  TermQuads mentioned(step.inserted.begin(), step.inserted.end());
  mentioned.insert(step.erased.begin(), step.erased.end());
  for (const std::uint64_t old : {number - kKeptSteps - 1, number - kKeptSteps})
    for (const TermQuad& quad : changes_of(old).inserted)
      if (mentioned.insert(quad).second) step.erased.push_back(quad);
}

}  // namespace

Step step_of(std::uint64_t number) {
  Step step = changes_of(number);
  forget_old_steps(number, step);
  return step;
}

const TermQuads& Model::after(std::uint64_t number) {
  if (number + 1 < steps_) {
    steps_ = 0;
    quads_.clear();
  }
  while (steps_ <= number) {
    const Step step = step_of(steps_++);
    quads_.insert(step.inserted.begin(), step.inserted.end());
    for (const TermQuad& quad : step.erased)
      quads_.erase(quad);
  }
  return quads_;
}

std::optional<std::uint64_t> steps_of(const StoreView& view) {
  const auto subject = view.find(view_of(counter_quad(0)[0]));
  if (!subject) return std::nullopt;
  std::optional<std::uint64_t> most;
  QuadScan scan = view.scan(QuadOrder::Spog, {{*subject, kUnbound, kUnbound, kUnbound}});
  QuadColumns rows;
  while (scan.next(rows))
    for (std::size_t i = 0; i < rows.rows; ++i)
      most = std::max<std::uint64_t>(most.value_or(0),
                                     std::stoull(view.term(rows.columns[2][i]).value()));
  return most;
}

void take_steps(const Places& places, std::uint64_t last, Acknowledged& acknowledged,
                const std::shared_ptr<rocksdb::FileSystem>& files, bool is_patient) {
  const auto attempt = [&](const auto& work) {
    try {
      work();
    } catch (const Error&) {
      if (!is_patient) throw;
      work();
    }
  };
  const StoreOptions options = small_store(files);
  StorePtr store;
  attempt([&] { store = Store::open(places.database(), options); });
  const auto held = steps_of(*store->snapshot());
  // A writer that was killed before it could acknowledge its last step has done it all the same.
  if (held && *held >= acknowledged.steps) acknowledged.steps = *held + 1;
  for (std::uint64_t number = held ? *held + 1 : 0; number <= last; ++number) {
    const Step step = step_of(number);
    attempt([&] { change(*store, places, step); });
    acknowledged.steps = number + 1;
    attempt([&] { do_chore(store, options, places, step.chore, number + 1, acknowledged); });
  }
}

void take_step(Store& store, const Places& places, std::uint64_t number) {
  change(store, places, step_of(number));
}

std::vector<std::string> faults_after_crash(const Places& places, const Acknowledged& acknowledged,
                                            Model& model) {
  std::vector<std::string> faults;
  const std::uint64_t steps = acknowledged.steps;
  examine(places.database(), steps, steps + 1, model, faults);
  const auto restore = [&](std::uint64_t least) {
    const fs::path copy = places.folder / "restored-by-test";
    fs::remove_all(copy);
    try {
      restore_backup(places.backups(), copy);
      examine(copy, least, steps + 1, model, faults);
    } catch (const Error& error) {
      if (least > 0 || error.code != ErrorCode::NotFound) faults.emplace_back(error.what());
    }
    fs::remove_all(copy);
  };
  if (acknowledged.backups > 0 || fs::exists(places.backups() / "TRIPTEN-BACKUPS"))
    restore(acknowledged.backups);
  if (acknowledged.restored > 0 || fs::exists(places.restored()))
    examine(places.restored(), acknowledged.restored, steps + 1, model, faults);
  return faults;
}

}  // namespace tripten::test
