// The figures of a database that is written to: small transactions, a large one, and what its delta
// costs the scans.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "tripten/tripten.h"

#include "bench/measurement.h"
#include "storage/store.h"

namespace tripten {
namespace {

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

/// What the disk asks for one sync of a small append, beside the database.
double sync_milliseconds(const std::string& directory) {
  const std::string file = directory + ".sync";
  const int descriptor = ::open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  std::vector<double> times;
  const std::string bytes(200, 'x');
  for (int i = 0; i < 100; ++i) {
    const Stopwatch time;
    require_equal("bytes written",
                  static_cast<std::uint64_t>(::write(descriptor, bytes.data(), bytes.size())),
                  bytes.size());
    ::fdatasync(descriptor);
    times.push_back(time.milliseconds());
  }
  ::close(descriptor);
  ::unlink(file.c_str());
  return median(times);
}

void measure_inserts(const std::string& directory, bool sync) {
  Database database(directory, {.sync = sync});
  std::vector<double> times;
  std::uint64_t inserted = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string update = fmt::format(
        "INSERT DATA {{ <http://ex.org/{}/{}> <http://ex.org/p> \"value {}\" }}", sync, i, i);
    const Stopwatch time;
    inserted += database.update(update).inserted;
    times.push_back(time.milliseconds());
  }
  require_equal("triples inserted", inserted, 200);
  report(fmt::format("INSERT DATA of one triple, {}", sync ? "synced" : "not synced"),
         median(times), "ms");
}

double scan_seconds(const Store& store, QuadOrder order, std::uint64_t rows_expected) {
  const SnapshotPtr view = store.snapshot();
  QuadScan scan = view->scan(order, {});
  QuadColumns columns;
  std::uint64_t rows = 0;
  const Stopwatch time;
  while (scan.next(columns))
    rows += columns.rows;
  const double seconds = time.seconds();
  require_equal("rows", rows, rows_expected);
  return seconds;
}

/// Quads spread evenly over the database that are not there: what is there, with other objects.
std::vector<std::string> spread_triples(const Store& store, std::size_t count) {
  const SnapshotPtr view = store.snapshot();
  const std::uint64_t every = std::max<std::uint64_t>(1, view->count({}) / count);
  std::vector<std::string> triples;
  QuadScan scan = view->scan(QuadOrder::Spog, {});
  QuadColumns columns;
  std::uint64_t row = 0;
  while (scan.next(columns))
    for (std::size_t i = 0; i < columns.rows && triples.size() < count; ++i, ++row)
      if (row % every == 0)
        triples.push_back(fmt::format("{} {} {} .\n", view->term(columns.columns[0][i]).to_string(),
                                      view->term(columns.columns[1][i]).to_string(),
                                      900'000'000 + triples.size()));
  require_equal("triples made", triples.size(), count);
  return triples;
}

/// INSERT DATA of all the triples, some thousands a request, in one transaction.
void measure_large_transaction(const std::string& directory,
                               const std::vector<std::string>& triples) {
  constexpr std::size_t kRequest = 10'000;
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < triples.size(); ++i) {
    if (i % kRequest == 0) requests.emplace_back("INSERT DATA {\n");
    requests.back() += triples[i];
  }
  Database database(directory);
  std::uint64_t inserted = 0;
  const Stopwatch time;
  Transaction transaction = database.begin();
  for (std::string& request : requests)
    inserted += transaction.update(request += "}").inserted;
  transaction.commit();
  report(fmt::format("{} triples in one transaction, synced", triples.size()), time.seconds(), "s");
  require_equal("triples inserted", inserted, triples.size());
}

/// What the delta costs the scans: of the database, and of a copy from before, in turn, since the
/// machine is not as fast at one time as at another.
void measure_scans_with_delta(const Store& before, const Store& after, std::uint64_t delta) {
  constexpr std::array kOrders{std::pair("SPO", QuadOrder::Spog), std::pair("POS", QuadOrder::Posg),
                               std::pair("OSP", QuadOrder::Ospg)};
  constexpr int kRuns = 15;
  const std::uint64_t rows = before.snapshot()->count({});
  require_equal("delta rows", after.statistics().delta_rows, delta);
  for (const auto& [name, order] : kOrders) {
    std::vector<double> plain, merged;
    for (int run = 0; run < kRuns; ++run) {
      plain.push_back(scan_seconds(before, order, rows));
      merged.push_back(scan_seconds(after, order, rows + delta));
    }
    report(fmt::format("scan {} with a delta of {:.2g} %, slower by", name,
                       100.0 * static_cast<double>(delta) / static_cast<double>(rows)),
           100 * (median(merged) / median(plain) - 1), "%");
  }
}

}  // namespace

void measure_writes(const char* directory) {
  constexpr std::size_t kLarge = 100'000;
  const StoreOptions scanning{.cache_bytes = std::size_t{1} << 30};
  const std::string copy = std::string(directory) + ".before";
  std::filesystem::copy(directory, copy, std::filesystem::copy_options::recursive);
  {
    const auto before = Store::open(copy, scanning);
    measure_large_transaction(directory, spread_triples(*before, kLarge));
    const auto after = Store::open(directory, scanning);
    measure_scans_with_delta(*before, *after, kLarge);
  }
  std::filesystem::remove_all(copy);
  measure_inserts(directory, false);
  measure_inserts(directory, true);
  report("one sync of the disk", sync_milliseconds(directory), "ms");
}

}  // namespace tripten
