// storage_bench: what one core reads out of a database, a line of JSON for each figure.
//
//   storage_bench DB [FIGURE...]     all figures that only read, or some
//   storage_bench DB --write         those that write; the database is changed
//   storage_bench DB --processor-time ...  without the time that other programs take
//
// Every answer is checked against what another way of asking says; a wrong one ends the program.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <ostream>
#include <span>
#include <streambuf>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "bench/measurement.h"
#include "storage/rocks.h"
#include "storage/store.h"

namespace tripten {
namespace {

constexpr std::size_t kLookups = 1'000'000, kQueries = 20'000, kCountedLookups = 500,
                      kColdLookups = 1'500;

StorePtr open_store(const std::string& directory) {
  return Store::open(directory, {.read_only = true, .cache_bytes = std::size_t{1} << 30});
}

/// Quads in one order, and a sum that does not depend on the order.
struct Scanned {
  std::uint64_t rows = 0, sum = 0;
};

Scanned scan_all(const StoreView& view, QuadOrder order) {
  Scanned all;
  QuadScan scan = view.scan(order, {});
  QuadColumns columns;
  while (scan.next(columns)) {
    all.rows += columns.rows;
    for (const auto& column : columns.columns)
      for (const TermId id : column)
        all.sum += id.bits();
  }
  return all;
}

/// A sample of different (subject, predicate) with how many objects each has, in random order.
struct Pair {
  TermId subject{}, predicate{};
  std::uint64_t rows = 0;
};

std::vector<Pair> sample_pairs(const StoreView& view, std::size_t count) {
  std::vector<Pair> pairs;
  QuadScan scan = view.scan(QuadOrder::Spog, {});
  QuadColumns columns;
  while (scan.next(columns))
    for (std::size_t i = 0; i < columns.rows; ++i) {
      const TermId subject = columns.columns[0][i], predicate = columns.columns[1][i];
      if (pairs.empty() || pairs.back().subject != subject || pairs.back().predicate != predicate)
        pairs.push_back({subject, predicate, 0});
      ++pairs.back().rows;
    }
  Random random(1);
  for (std::size_t i = 0; i < pairs.size(); ++i)
    std::swap(pairs[i], pairs[i + random.below(pairs.size() - i)]);
  pairs.resize(std::min(pairs.size(), count));
  return pairs;
}

void measure_scans(const std::string& directory) {
  const StorePtr store = open_store(directory);
  const SnapshotPtr view = store->snapshot();
  const std::uint64_t quads = view->count({});
  Scanned expected;
  for (const auto& [name, order] :
       {std::pair("SPO", QuadOrder::Spog), std::pair("POS", QuadOrder::Posg),
        std::pair("OSP", QuadOrder::Ospg)}) {
    const Stopwatch cold;
    const Scanned all = scan_all(*view, order);
    report(fmt::format("scan {}, cold", name), static_cast<double>(quads) / cold.seconds() / 1e6,
           "M triples/s");
    if (expected.rows == 0) expected = all;
    require_equal("quads of a scan", all.rows, quads);
    require_equal("sum of a scan", all.sum, expected.sum);
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
      const Stopwatch warm;
      require_equal("sum of a scan", scan_all(*view, order).sum, expected.sum);
      best = std::min(best, warm.seconds());
    }
    report(fmt::format("scan {}, warm", name), static_cast<double>(quads) / best / 1e6,
           "M triples/s");
  }
}

void measure_lookups(const std::string& directory) {
  const StorePtr store = open_store(directory);
  const SnapshotPtr view = store->snapshot();
  std::vector<Pair> pairs = sample_pairs(*view, kLookups);
  while (pairs.size() < kLookups)
    pairs.insert(pairs.end(), pairs.begin(),
                 pairs.begin() +
                     static_cast<std::ptrdiff_t>(std::min(pairs.size(), kLookups - pairs.size())));
  QuadColumns columns;
  double best = 1e9;
  for (int run = 0; run < 3; ++run) {
    std::uint64_t wrong = 0;
    const Stopwatch time;
    for (const Pair& pair : pairs) {
      QuadScan scan = view->scan(QuadOrder::Spog, {{pair.subject, pair.predicate}});
      std::uint64_t rows = 0;
      while (scan.next(columns))
        rows += columns.rows;
      wrong += rows != pair.rows;
    }
    best = std::min(best, time.seconds());
    require_equal("lookups of the wrong length", wrong, 0);
  }
  report("point lookup s p ?, warm", static_cast<double>(pairs.size()) / best / 1e3, "K/s");
  std::uint64_t wrong = 0;
  const Stopwatch counting;
  for (const Pair& pair : pairs)
    wrong += view->count({{pair.subject, pair.predicate}}) != pair.rows;
  report("count s p ?, warm", static_cast<double>(pairs.size()) / counting.seconds() / 1e3, "K/s");
  require_equal("wrong counts", wrong, 0);

  const StorePtr cold = open_store(directory);
  const SnapshotPtr cold_view = cold->snapshot();
  const auto look_up = [&](const Pair& pair) {
    QuadScan scan = cold_view->scan(QuadOrder::Spog, {{pair.subject, pair.predicate}});
    while (scan.next(columns)) {
    }
  };
  std::uint64_t most = 0, blocks = 0;
  for (const Pair& pair : std::span(pairs).first(kCountedLookups)) {
    const std::uint64_t before = cold->statistics().blocks_read;
    look_up(pair);
    const std::uint64_t read = cold->statistics().blocks_read - before;
    most = std::max(most, read);
    blocks += read;
  }
  const Stopwatch time;
  for (const Pair& pair : std::span(pairs).subspan(kCountedLookups, kColdLookups))
    look_up(pair);
  report("point lookup s p ?, cold", time.milliseconds() / kColdLookups, "ms");
  report("blocks read by a cold lookup, mean", static_cast<double>(blocks) / kCountedLookups,
         "blocks");
  report("blocks read by a cold lookup, most", static_cast<double>(most), "blocks");
}

/// Counts what is written and keeps nothing.
class CountingBuffer : public std::streambuf {
 public:
  std::uint64_t lines() const { return lines_; }

 protected:
  int_type overflow(int_type c) override {
    lines_ += c == '\n';
    return traits_type::not_eof(c);
  }
  std::streamsize xsputn(const char* from, std::streamsize size) override {
    lines_ += static_cast<std::uint64_t>(std::count(from, from + size, '\n'));
    return size;
  }

 private:
  std::uint64_t lines_ = 0;
};

void measure_queries(const std::string& directory) {
  std::vector<std::string> queries;
  std::vector<Pair> pairs;
  {
    const StorePtr store = open_store(directory);
    const SnapshotPtr view = store->snapshot();
    pairs = sample_pairs(*view, kQueries);
    for (const Pair& pair : pairs)
      queries.push_back(fmt::format("SELECT ?o {{ {} {} ?o }}",
                                    view->term(pair.subject).to_string(),
                                    view->term(pair.predicate).to_string()));
  }
  const Database database(directory, {.read_only = true});
  const Snapshot snapshot = database.snapshot();
  for (const char* const temperature : {"cold", "warm"}) {
    std::uint64_t wrong = 0;
    const Stopwatch time;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      std::uint64_t rows = 0;
      for ([[maybe_unused]] const Row& row : snapshot.query(queries[i]))
        ++rows;
      wrong += rows != pairs[i].rows;
    }
    report(fmt::format("one-pattern query, {}", temperature),
           time.milliseconds() / static_cast<double>(queries.size()), "ms");
    require_equal("queries of the wrong length", wrong, 0);
  }
}

void measure_terms(const std::string& directory) {
  const StorePtr store = open_store(directory);
  const SnapshotPtr view = store->snapshot();
  constexpr std::size_t kMostBytes = 64;
  std::vector<TermId> ids;  // of short terms, ascending
  {
    QuadScan scan = view->scan(QuadOrder::Spog, {});
    QuadColumns columns;
    while (scan.next(columns))
      for (const std::size_t column : {0, 2})
        for (const TermId id : columns.columns[column])
          if (id.in_dictionary()) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::uint64_t bytes = 0;
  std::string term;
  std::erase_if(ids, [&](TermId id) {
    term.clear();
    view->append_encoded_term(id, term);
    if (term.size() > kMostBytes) return true;
    bytes += term.size();
    return false;
  });
  const auto seconds_of_batches = [&](const StoreView& from) {
    constexpr std::size_t kBatch = 8192;
    std::uint64_t found = 0;
    EncodedTerms terms;
    const Stopwatch time;
    for (std::size_t at = 0; at < ids.size(); at += kBatch) {
      from.encoded_terms(std::span(ids).subspan(at, std::min(kBatch, ids.size() - at)), terms);
      found += terms.bytes();
    }
    const double seconds = time.seconds();
    require_equal("bytes of terms", found, bytes);
    return seconds;
  };
  report("ids to terms, sorted batches, cold",
         static_cast<double>(ids.size()) / seconds_of_batches(*open_store(directory)->snapshot()) /
             1e6,
         "M terms/s");
  double best = 1e9;
  for (int run = 0; run < 3; ++run)
    best = std::min(best, seconds_of_batches(*view));
  report("ids to terms, sorted batches, warm", static_cast<double>(ids.size()) / best / 1e6,
         "M terms/s");

  Random random(2);
  std::vector<TermId> shuffled = ids;
  for (std::size_t i = 0; i < shuffled.size(); ++i)
    std::swap(shuffled[i], shuffled[i + random.below(shuffled.size() - i)]);
  shuffled.resize(std::min<std::size_t>(shuffled.size(), 500'000));
  std::uint64_t found = 0;
  const Stopwatch to_terms;
  for (const TermId id : shuffled) {
    term.clear();
    view->append_encoded_term(id, term);
    found += term.size();
  }
  report("id to term, one by one, random",
         static_cast<double>(shuffled.size()) / to_terms.seconds() / 1e6, "M terms/s");
  require_equal("terms without bytes", found == 0, 0);

  shuffled.resize(std::min<std::size_t>(shuffled.size(), 200'000));
  std::vector<Term> wanted;
  for (const TermId id : shuffled)
    wanted.push_back(view->term(id));
  std::uint64_t wrong = 0;
  const Stopwatch to_ids;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    wrong += view->find(view_of(wanted[i])) != shuffled[i];
  report("term to id, random", static_cast<double>(wanted.size()) / to_ids.seconds() / 1e6,
         "M terms/s");
  require_equal("wrong ids", wrong, 0);
}

void measure_dump(const std::string& directory) {
  const Database database(directory, {.read_only = true});
  const std::uint64_t quads = database.info().quads;
  CountingBuffer buffer;
  std::ostream out(&buffer);
  const Stopwatch time;
  database.snapshot().dump(out);
  report("dump as N-Quads", static_cast<double>(quads) / time.seconds() / 1e6, "M triples/s");
  require_equal("lines of a dump", buffer.lines(), quads);
  for (const auto& [name, format] :
       {std::pair("TSV", Format::Tsv), std::pair("JSON", Format::Json)}) {
    CountingBuffer answer;
    std::ostream rows(&answer);
    const Stopwatch writing;
    Result result = database.query("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 2000000");
    result.write(rows, format);
    report(fmt::format("all triples as {}", name),
           static_cast<double>(result.rows_read()) / writing.seconds() / 1e6, "M rows/s");
    require_equal("rows of an answer", result.rows_read(),
                  std::min<std::uint64_t>(quads, 2'000'000));
  }
}

/// Beside what a new process costs (bench/storage).
void measure_openings(const std::string& directory) {
  double best = 1e9, sum = 0;
  constexpr int kOpenings = 20;
  for (int i = 0; i < kOpenings; ++i) {
    const Stopwatch time;
    const StorePtr store = open_store(directory);
    const double milliseconds = time.milliseconds();
    best = std::min(best, milliseconds);
    sum += milliseconds;
  }
  report("open for reading, same process, least", best, "ms");
  report("open for reading, same process, mean", sum / kOpenings, "ms");
}

void measure_sizes(const std::string& directory) {
  const Rocks rocks({.name = directory, .directory = directory, .read_only = true});
  double dictionary = 0, all = 0;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    rocksdb::ColumnFamilyMetaData meta;
    rocks.database().GetColumnFamilyMetaData(rocks.family(static_cast<Family>(i)), &meta);
    const auto size = static_cast<double>(meta.size);
    report(fmt::format("column family {}", meta.name), size, "bytes");
    if (static_cast<Family>(i) == Family::Terms || static_cast<Family>(i) == Family::NewTerms)
      dictionary += size;
    all += size;
  }
  const auto quads = static_cast<double>(Database(directory, {.read_only = true}).info().quads);
  report("bytes per triple, dictionary", dictionary / quads, "bytes");
  report("bytes per triple, without dictionary", (all - dictionary) / quads, "bytes");
  report("bytes per triple, all files", static_cast<double>(rocks.bytes()) / quads, "bytes");
}

struct Figure {
  std::string_view name;
  void (*measure)(const std::string& directory);
};

constexpr Figure kFigures[] = {{"sizes", measure_sizes},     {"openings", measure_openings},
                               {"scans", measure_scans},     {"lookups", measure_lookups},
                               {"queries", measure_queries}, {"terms", measure_terms},
                               {"dump", measure_dump}};

int run(std::span<char*> arguments) {
  if (arguments.size() < 2) {
    fmt::print(stderr, "usage: storage_bench DB [--processor-time] [--write | FIGURE...]\n");
    return 2;
  }
  const std::span wanted = arguments.subspan(2);
  const auto is_wanted = [&](std::string_view name) {
    return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
  };
  if (is_wanted("--processor-time")) Stopwatch::count_processor_time();
  if (is_wanted("--write")) {
    measure_writes(arguments[1]);
    return 0;
  }
  const bool is_all = std::all_of(wanted.begin(), wanted.end(),
                                  [](std::string_view word) { return word.starts_with("--"); });
  for (const Figure& figure : kFigures)
    if (is_all || is_wanted(figure.name)) figure.measure(arguments[1]);
  return 0;
}

}  // namespace
}  // namespace tripten

int main(int count, char** arguments) {
  try {
    return tripten::run({arguments, static_cast<std::size_t>(count)});
  } catch (const tripten::Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
