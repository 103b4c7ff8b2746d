#include "load/bulk_loader.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "load/quad_runs.h"
#include "load/quad_sort.h"
#include "load/spill_file.h"
#include "load/term_sort.h"
#include "load/term_table.h"
#include "rdf/term_codec.h"
#include "storage/generation_builder.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

constexpr std::uint64_t kCheckEvery = 1 << 14;  // statements between looks at clock and memory
constexpr int kSubject = 0, kPredicate = 1, kObject = 2, kGraph = 3;

/// What one quad takes while it is sorted: five copies in the two chains of in_all_orders(), and
/// one for each chain's run.
constexpr std::size_t kSortedBytes = 7 * sizeof(Quad);
/// What one term takes beside its place in the table: its sort key and its id.
constexpr std::size_t kTermBytes = 24;
constexpr std::size_t kFewestQuads = 1 << 12;  // for which a run is worth while

/// Rows in column order, a part at a time.
GenerationBuilder::Rows rows_of(const std::vector<Quad>& quads, QuadOrder order) {
  constexpr std::size_t kAtOnce = 1 << 16;
  return [&quads, order, at = std::size_t{0}](std::vector<Quad>& rows) mutable {
    rows.clear();
    const std::size_t end = std::min(quads.size(), at + kAtOnce);
    for (; at < end; ++at)
      rows.push_back(to_order(quads[at], order));
    return !rows.empty();
  };
}

using UseOrder = std::function<void(QuadOrder order, const std::vector<Quad>& quads)>;

/// Runs both at once; throws what either threw.
void in_two_threads(const std::function<void()>& one, const std::function<void()>& other) {
  std::exception_ptr failure;
  {
    const std::jthread thread([&] {
      try {
        other();
      } catch (...) {
        failure = std::current_exception();
      }
    });
    one();
  }
  if (failure) std::rethrow_exception(failure);
}

/// Sorts quads in all orders (Gspo only where `by_graph`), one after the other, in two chains at
/// once; repeated quads go. `use` sees each order; the quads are left in any order.
void in_all_orders(std::vector<Quad>& quads, bool by_graph, const UseOrder& use) {
  std::vector<Quad> room;
  for (const int position : {kGraph, kObject, kPredicate, kSubject})
    stable_sort_by(position, quads, room);
  quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
  const std::vector<Quad> sorted = quads;
  in_two_threads(
      [&] {
        use(QuadOrder::Spog, quads);
        stable_sort_by(kPredicate, quads, room);
        use(QuadOrder::Psog, quads);
        stable_sort_by(kObject, quads, room);
        use(QuadOrder::Opsg, quads);
        stable_sort_by(kPredicate, quads, room);
        use(QuadOrder::Posg, quads);
      },
      [&] {
        std::vector<Quad> other = sorted, other_room;
        stable_sort_by(kObject, other, other_room);
        use(QuadOrder::Ospg, other);
        stable_sort_by(kSubject, other, other_room);
        use(QuadOrder::Sopg, other);
        if (!by_graph) return;
        other = sorted;
        stable_sort_by(kGraph, other, other_room);
        use(QuadOrder::Gspo, other);
      });
}

}  // namespace

/// Quads are kept with ids of kind Local for terms that have only the number of the table; when all
/// terms are known, these become the dictionary's. Quads that do not fit into memory go to a file
/// as they are, and are sorted part by part into runs on the disk.
class BulkLoader::Work {
 public:
  Work(Store& store, const BulkLoadOptions& options)
      : options_(options),
        builder_(store.build_generation()) {
    if (options_.graph) graph_ = id_of(view_of(options_.graph));
  }

  void begin_source() { blanks_.clear(); }
  void add(const Statement& statement);
  BulkLoadCounts finish();

 private:
  TermId id_of(const TermView& term);
  TermId blank(std::string_view label);
  std::size_t memory_of_terms() const;
  void check_limits();
  void spill();
  void report(std::string_view stage) const {
    if (options_.progress) options_.progress(statements_, stage);
  }
  std::vector<TermId> number_terms();
  /// Whether the order by graph must be written too.
  bool needs_graph_order(const std::vector<TermId>& ids);
  void write_from_memory(bool by_graph);
  void write_from_disk(const std::vector<TermId>& ids, bool by_graph);

  BulkLoadOptions options_;
  std::unique_ptr<GenerationBuilder> builder_;
  TermId graph_ = kDefaultGraph;
  TermTable terms_{};
  std::vector<Quad> quads_{};
  TermId graph_of_all_{};  // unbound: there is no quad yet
  bool has_several_graphs_ = false;
  std::optional<SpillFile> spilled_{};                // quads that came before those of quads_
  std::unordered_map<std::string, TermId> blanks_{};  // labels of the source at hand
  std::string encoded_{};                             // scratch
  std::uint64_t statements_ = 0;
  std::size_t next_look_ = 0;  // bytes of the table at which the limits are looked at again
};

void BulkLoader::Work::add(const Statement& statement) {
  if (statements_ % kCheckEvery == 0 || terms_.memory() > next_look_) check_limits();
  ++statements_;
  const bool in_default = statement.graph.kind == TermKind::Unbound;
  const TermId graph = in_default ? graph_ : id_of(statement.graph);
  if (!graph_of_all_) graph_of_all_ = graph;
  has_several_graphs_ |= graph != graph_of_all_;
  quads_.push_back(
      {{id_of(statement.subject), id_of(statement.predicate), id_of(statement.object), graph}});
}

TermId BulkLoader::Work::id_of(const TermView& term) {
  if (term.kind == TermKind::Blank) return blank(term.value);
  if (term.kind == TermKind::Literal)
    if (const auto id = inline_id(term)) return *id;
  encoded_.clear();
  append_encoded(term, encoded_);
  return {IdKind::Local, terms_.number(encoded_)};
}

TermId BulkLoader::Work::blank(std::string_view label) {
  const auto [found, is_new] = blanks_.try_emplace(std::string(label));
  if (is_new) found->second = TermId(IdKind::Blank, builder_->reserve_blanks(1));
  return found->second;
}

std::size_t BulkLoader::Work::memory_of_terms() const {
  return terms_.memory() + terms_.size() * kTermBytes;
}

void BulkLoader::Work::check_limits() {
  if (options_.interrupt) options_.interrupt->check();
  report("reading");
  const std::size_t terms = memory_of_terms();
  next_look_ = terms_.memory() + options_.memory_bytes / 32;
  if (terms + quads_.size() * kSortedBytes <= options_.memory_bytes) return;
  if (terms + kFewestQuads * kSortedBytes > options_.memory_bytes)
    throw Error(ErrorCode::Limit,
                fmt::format("The load needs more than its {} MB of memory: after {} statements the "
                            "different terms alone take {} MB.",
                            options_.memory_bytes >> 20, statements_, terms >> 20));
  spill();
}

void BulkLoader::Work::spill() {
  if (!spilled_) spilled_.emplace(builder_->folder());
  spilled_->append({reinterpret_cast<const char*>(quads_.data()), quads_.size() * sizeof(Quad)});
  quads_.clear();
}

/// Gives all terms their ids; by their numbers in the table.
std::vector<TermId> BulkLoader::Work::number_terms() {
  report("sorting terms");
  terms_.finish();
  const std::vector<std::uint32_t> numbers = sorted_numbers(terms_.terms());
  report("writing terms");
  std::vector<TermId> ids(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i % kCheckEvery == 0 && options_.interrupt) options_.interrupt->check();
    ids[numbers[i]] = builder_->add_term(terms_.term(numbers[i]));
  }
  terms_ = {};
  return ids;
}

namespace {

void replace_local(std::vector<Quad>& quads, const std::vector<TermId>& ids) {
  for (Quad& quad : quads)
    for (TermId& term : quad.terms)
      if (term.kind() == IdKind::Local) term = ids[term.payload()];
}

}  // namespace

bool BulkLoader::Work::needs_graph_order(const std::vector<TermId>& ids) {
  if (has_several_graphs_) return builder_->needs_graph_order(std::nullopt);
  const bool is_local = graph_of_all_.kind() == IdKind::Local;
  return builder_->needs_graph_order(is_local ? ids[graph_of_all_.payload()] : graph_of_all_);
}

void BulkLoader::Work::write_from_memory(bool by_graph) {
  report("writing");
  in_all_orders(quads_, by_graph, [this](QuadOrder order, const std::vector<Quad>& quads) {
    if (options_.interrupt) options_.interrupt->check();
    builder_->add_quads(order, rows_of(quads, order));
  });
}

void BulkLoader::Work::write_from_disk(const std::vector<TermId>& ids, bool by_graph) {
  report("sorting");
  const std::size_t room =
      options_.memory_bytes - std::min(options_.memory_bytes, ids.size() * sizeof(TermId));
  const std::size_t part = std::max(kFewestQuads, room / kSortedBytes);
  std::vector<QuadRuns> orders;
  for (int order = 0; order < kQuadOrders; ++order)
    orders.emplace_back(builder_->folder());
  for (std::uint64_t at = 0; at < spilled_->size();) {
    if (options_.interrupt) options_.interrupt->check();
    quads_.resize(std::min<std::uint64_t>(part, (spilled_->size() - at) / sizeof(Quad)));
    const std::size_t bytes = quads_.size() * sizeof(Quad);
    spilled_->read(at, reinterpret_cast<char*>(quads_.data()), bytes);
    at += bytes;
    replace_local(quads_, ids);
    in_all_orders(quads_, by_graph, [&](QuadOrder order, const std::vector<Quad>& quads) {
      std::vector<Quad> rows(quads.size());
      std::transform(quads.begin(), quads.end(), rows.begin(),
                     [order](const Quad& quad) { return to_order(quad, order); });
      orders[static_cast<std::size_t>(order)].add(rows);
    });
  }
  quads_ = {};
  spilled_.reset();
  report("writing");
  static_assert(static_cast<int>(QuadOrder::Gspo) == kQuadOrders - 1);
  const int count = by_graph ? kQuadOrders : kQuadOrders - 1;
  std::atomic<int> next = 0;
  const auto write = [&] {
    for (int order = next++; order < count; order = next++) {
      const auto rows = orders[static_cast<std::size_t>(order)].merge();
      builder_->add_quads(static_cast<QuadOrder>(order), [&](std::vector<Quad>& out) {
        if (options_.interrupt) options_.interrupt->check();
        return rows(out);
      });
    }
  };
  in_two_threads(write, write);
}

BulkLoadCounts BulkLoader::Work::finish() {
  check_limits();
  if (spilled_) spill();
  if (spilled_) quads_ = {};
  const std::vector<TermId> ids = number_terms();
  const bool by_graph = needs_graph_order(ids);
  if (spilled_) {
    write_from_disk(ids, by_graph);
  } else {
    replace_local(quads_, ids);
    write_from_memory(by_graph);
  }
  report("switching");
  const std::uint64_t inserted = builder_->commit();
  return {.statements = statements_, .inserted = inserted};
}

BulkLoader::BulkLoader(Store& store, const BulkLoadOptions& options)
    : work_(std::make_unique<Work>(store, options)) {}
BulkLoader::~BulkLoader() = default;

void BulkLoader::begin_source() {
  work_->begin_source();
}

void BulkLoader::add(const Statement& statement) {
  work_->add(statement);
}

BulkLoadCounts BulkLoader::finish() {
  return work_->finish();
}

}  // namespace tripten
