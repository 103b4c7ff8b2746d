#include "load/ranked_quads.h"

#include <latch>
#include <numeric>
#include <optional>

#include "base/in_threads.h"
#include "load/rank_sort.h"

namespace tripten {
namespace {

constexpr std::size_t kSubject = 0, kPredicate = 1, kObject = 2, kGraph = 3;
constexpr std::size_t kRowsAtOnce = 1 << 14;

/// The rank of each term of a part, by its number.
class PartRanks {
 public:
  /// `ids` are the part's, `all` those of all parts; both ascend.
  PartRanks(const SortedPart& part, const std::vector<NumberedId>& ids,
            const std::vector<TermId>& all)
      : terms_(part.terms()),
        inline_terms_(part.distinct() - part.terms()) {
    std::uint32_t rank = 0;
    for (const NumberedId& id : ids) {
      while (all[rank] != id.id)
        ++rank;
      (id.number < kFirstInline ? terms_[id.number] : inline_terms_[id.number - kFirstInline]) =
          rank;
    }
  }

  std::uint32_t operator[](TermNumber number) const {
    return number < kFirstInline ? terms_[number] : inline_terms_[number - kFirstInline];
  }

 private:
  std::vector<std::uint32_t> terms_, inline_terms_;
};

/// Different ids of ascending lists, ascending.
std::vector<TermId> union_of(const std::vector<std::vector<NumberedId>>& lists) {
  std::vector<TermId> all;
  for (const auto& list : lists) {
    std::vector<TermId> merged;
    merged.reserve(all.size() + list.size());
    auto at = all.begin();
    for (const NumberedId& id : list) {
      while (at != all.end() && *at < id.id)
        merged.push_back(*at++);
      if (at != all.end() && *at == id.id) ++at;
      merged.push_back(id.id);
    }
    merged.insert(merged.end(), at, all.end());
    all = std::move(merged);
  }
  return all;
}

/// What a part knows of its terms once they have ids.
struct RankedIds {
  std::vector<TermId> all{};  // by rank
  std::vector<PartRanks> parts{};
};

RankedIds rank(std::span<SortedPart> parts) {
  std::vector<std::vector<NumberedId>> sorted(parts.size());
  in_threads(parts.size(), [&](std::size_t i) { sorted[i] = parts[i].sorted_ids(); });
  RankedIds ids{.all = union_of(sorted)};
  std::vector<std::optional<PartRanks>> ranks(parts.size());
  in_threads(parts.size(), [&](std::size_t i) {
    ranks[i].emplace(parts[i], sorted[i], ids.all);
    sorted[i] = {};
  });
  for (auto& part : ranks)
    ids.parts.push_back(std::move(*part));
  return ids;
}

/// Signals on the way out, also when something is thrown.
class Signal {
 public:
  explicit Signal(std::latch& latch) : latch_(&latch) {}
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;
  ~Signal() { give(); }
  void give() {
    if (latch_) latch_->count_down();
    latch_ = nullptr;
  }

 private:
  std::latch* latch_;
};

/// Quads with N columns of ranks; where N is 3 all are of one graph.
template <std::size_t N>
class Sorter {
 public:
  Sorter(const std::vector<TermId>& ids, const GraphColumn& graph) : ids_(ids), graph_(graph) {}

  using Rows = RankRows<N>;

  static void append(const PartRanks& ranks, const std::vector<NumberedQuad>& quads,
                     RankRow<N>*& to) {
    for (const NumberedQuad& quad : quads) {
      for (std::size_t c = 0; c < N; ++c)
        (*to)[c] = ranks[quad[c]];
      ++to;
    }
  }

  /// SPO order, each row once.
  void sort(Rows& rows, Rows& spare) const {
    if constexpr (N > kGraph) stable_sort_by(kGraph, ids_.size(), rows, spare);
    for (const std::size_t column : {kObject, kPredicate, kSubject})
      stable_sort_by(column, ids_.size(), rows, spare);
    rows.shrink(static_cast<std::size_t>(std::unique(rows.begin(), rows.end()) - rows.begin()));
  }

  /// Sorted rows in all orders; `rows` and `spare` are room afterwards.
  void in_all_orders(Rows& rows, Rows& spare, const UseOrder& use) const;

 private:
  OrderedRows ids_of(const Rows& rows, QuadOrder order) const;

  const std::vector<TermId>& ids_;
  const GraphColumn& graph_;
};

template <std::size_t N>
OrderedRows Sorter<N>::ids_of(const Rows& rows, QuadOrder order) const {
  return [this, &rows, positions = order_positions(order), graph = graph_.only.value_or(kUnbound),
          at = std::size_t{0}](std::vector<Quad>& out) mutable {
    const std::size_t size = std::min(kRowsAtOnce, rows.size() - at);
    out.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
      const RankRow<N>& row = rows.begin()[at + i];
      for (std::size_t c = 0; c < positions.size(); ++c)
        out[i].terms[c] = positions[c] < N ? ids_[row[positions[c] % N]] : graph;
    }
    at += size;
    return size != 0;
  };
}

template <std::size_t N>
void Sorter<N>::in_all_orders(Rows& rows, Rows& spare, const UseOrder& use) const {
  const std::size_t ranks = ids_.size();
  std::latch rows_are_free(1);
  const auto one = [&] {
    use(QuadOrder::Spog, ids_of(rows, QuadOrder::Spog));
    Rows& other = spare;
    Rows room;  // stays empty unless there are many graphs or predicates
    if constexpr (N > kGraph) {
      if (graph_.has_order) {
        stable_sort_by(kGraph, ranks, rows, other, room);
        use(QuadOrder::Gspo, ids_of(other, QuadOrder::Gspo));
      }
    } else if (graph_.has_order) {
      use(QuadOrder::Gspo, ids_of(rows, QuadOrder::Gspo));
    }
    stable_sort_by(kPredicate, ranks, rows, other, room);
    room = {};
    use(QuadOrder::Psog, ids_of(other, QuadOrder::Psog));
    rows_are_free.wait();
    stable_sort_by(kObject, ranks, other, rows);
    use(QuadOrder::Opsg, ids_of(other, QuadOrder::Opsg));
  };
  const auto two = [&] {
    Signal signal(rows_are_free);
    Rows other, room;
    stable_sort_by(kObject, ranks, rows, other, room);
    signal.give();
    use(QuadOrder::Ospg, ids_of(other, QuadOrder::Ospg));
    Rows third;
    stable_sort_by(kPredicate, ranks, other, room, third);
    third = {};
    use(QuadOrder::Posg, ids_of(room, QuadOrder::Posg));
    stable_sort_by(kSubject, ranks, other, room);
    use(QuadOrder::Sopg, ids_of(other, QuadOrder::Sopg));
  };
  in_threads(2, [&](std::size_t chain) { chain == 0 ? one() : two(); });
}

/// Merges sorted lists; rows that repeat go.
template <std::size_t N>
void merge(std::vector<RankRows<N>>& lists, RankRows<N>& to) {
  struct List {
    const RankRow<N>* at;
    const RankRow<N>* end;
  };
  std::vector<List> heap;
  std::size_t size = 0;
  for (const RankRows<N>& list : lists) {
    size += list.size();
    if (list.size() != 0) heap.push_back({list.begin(), list.end()});
  }
  to.make_room(size);
  const auto is_after = [](const List& a, const List& b) { return *a.at > *b.at; };
  std::make_heap(heap.begin(), heap.end(), is_after);
  RankRow<N>* out = to.begin();
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), is_after);
    List& lowest = heap.back();
    do {
      if (out == to.begin() || out[-1] != *lowest.at) *out++ = *lowest.at;
      ++lowest.at;
    } while (lowest.at != lowest.end && (heap.size() == 1 || *lowest.at <= *heap.front().at));
    if (lowest.at == lowest.end)
      heap.pop_back();
    else
      std::push_heap(heap.begin(), heap.end(), is_after);
  }
  to.shrink(static_cast<std::size_t>(out - to.begin()));
}

template <std::size_t N>
void sort_with(std::span<SortedPart> parts, const RankedIds& ids, const GraphColumn& graph,
               const UseOrder& use) {
  const Sorter<N> sorter(ids.all, graph);
  std::vector<RankRows<N>> sorted(parts.size());
  in_threads(parts.size(), [&](std::size_t i) {
    RankRows<N> rows(parts[i].quads()), spare;
    RankRow<N>* to = rows.begin();
    parts[i].take_quads(kRowsAtOnce, [&](std::vector<NumberedQuad>& quads) {
      Sorter<N>::append(ids.parts[i], quads, to);
    });
    sorter.sort(rows, spare);
    sorted[i] = std::move(rows);
  });
  RankRows<N> rows, spare;
  if (sorted.size() == 1)
    rows = std::move(sorted.front());
  else
    merge(sorted, rows);
  sorted.clear();
  sorter.in_all_orders(rows, spare, use);
}

template <std::size_t N>
void sort_slices_with(SortedPart& part, const RankedIds& ids, const GraphColumn& graph,
                      std::size_t most, const UseOrder& use) {
  const Sorter<N> sorter(ids.all, graph);
  RankRows<N> rows, spare;
  part.take_quads(most, [&](std::vector<NumberedQuad>& quads) {
    rows.make_room(quads.size());
    RankRow<N>* to = rows.begin();
    Sorter<N>::append(ids.parts.front(), quads, to);
    sorter.sort(rows, spare);
    sorter.in_all_orders(rows, spare, use);
  });
}

}  // namespace

std::optional<TermId> graph_of(std::span<const SortedPart> parts) {
  TermId graph;
  for (const SortedPart& part : parts) {
    const std::optional<TermId> of_part = part.graph();
    if (!of_part || (graph && *of_part && *of_part != graph)) return std::nullopt;
    if (*of_part) graph = *of_part;
  }
  return graph;
}

std::size_t sorting_bytes(bool one_graph) {
  return 4 * (one_graph ? sizeof(RankRow<3>) : sizeof(RankRow<4>));
}

void sort_parts(std::span<SortedPart> parts, const GraphColumn& graph, const UseOrder& use) {
  const RankedIds ids = rank(parts);
  if (graph.only)
    sort_with<3>(parts, ids, graph, use);
  else
    sort_with<4>(parts, ids, graph, use);
}

void sort_part_by_part(SortedPart& part, const GraphColumn& graph, std::size_t most,
                       const UseOrder& use) {
  const RankedIds ids = rank({&part, 1});
  if (graph.only)
    sort_slices_with<3>(part, ids, graph, most, use);
  else
    sort_slices_with<4>(part, ids, graph, most, use);
}

}  // namespace tripten
