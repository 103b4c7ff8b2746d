// prepared_bench: what a small query takes, a line of JSON for each figure.
//
//   prepared_bench DB     processor time in the mean of 2,000 runs
//
// Two queries, with a subject that changes from run to run: one pattern, and three patterns, one of
// them OPTIONAL. Each as a text that never came before, as a text of a known shape, as the same
// text again, and prepared, with the subject bound. Row by row the answers of the last two agree.
#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "bench/measurement.h"

namespace tripten {
namespace {

constexpr int kRuns = 2000, kSubjects = 500;

std::uint64_t rows_of(Result result) {
  std::uint64_t rows = 0;
  for ([[maybe_unused]] const Row& row : result)
    ++rows;
  return rows;
}

template <typename Run>
std::uint64_t measure(const std::string& what, Run run) {
  std::uint64_t rows = 0;
  for (int i = 0; i < kSubjects; ++i)
    run(i);
  const Stopwatch watch;
  for (int i = 0; i < kRuns; ++i)
    rows += run(i);
  report(what, watch.seconds() * 1e6 / kRuns, "us");
  return rows;
}

void measure_all(const Database& db, const std::string& name, const std::string& pattern,
                 const std::vector<Term>& subjects) {
  const auto subject = [&](int i) {
    return subjects[static_cast<std::size_t>(i) % subjects.size()];
  };
  const auto text = [&](int i, const std::string& object) {
    return fmt::format(fmt::runtime(pattern), subject(i).to_string(), object);
  };
  int fresh = 0;
  measure(name + ", a new text",
          [&](int i) { return rows_of(db.query(text(i, fmt::format("?o{}", fresh++)))); });
  const std::uint64_t by_shape =
      measure(name + ", a known shape", [&](int i) { return rows_of(db.query(text(i, "?o"))); });
  measure(name + ", the same text", [&](int) { return rows_of(db.query(text(0, "?o"))); });
  const PreparedQuery prepared = db.prepare(fmt::format(fmt::runtime(pattern), "?subject", "?o"));
  const std::uint64_t by_binding = measure(name + ", prepared", [&](int i) {
    return rows_of(prepared.query({.bindings = {{"subject", subject(i)}}}));
  });
  require_equal(name, by_binding, by_shape);
}

void run(const char* directory) {
  const Database db(directory, {.read_only = true});
  const std::vector<PredicateCount> predicates = db.info().predicates;
  if (predicates.size() < 2) return;
  const std::string first = predicates[0].term.to_string(), second = predicates[1].term.to_string();
  std::vector<Term> subjects;
  for (const Row& row :
       db.query(fmt::format("SELECT DISTINCT ?s {{ ?s {} ?o }} LIMIT {}", first, kSubjects)))
    subjects.push_back(row[std::size_t{0}]);
  measure_all(db, "one pattern", "SELECT {1} {{ {0} " + first + " {1} }}", subjects);
  measure_all(db, "three patterns",
              "SELECT {1} ?c ?d {{ {0} " + first + " {1} ; ?b ?c OPTIONAL {{ {1} " + second +
                  " ?d }} }} LIMIT 10",
              subjects);
}

}  // namespace
}  // namespace tripten

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: prepared_bench DB\n", stderr);
    return 2;
  }
  tripten::Stopwatch::count_processor_time();
  try {
    tripten::run(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
