#include "query/guidance/terms_by_prefix.h"

#include <vector>

namespace tripten {

namespace {

/// Ids of the kind that are in no run of the dictionary, as ranges.
std::vector<IdRange> unordered_ids(IdKind kind, const TermRanges& ranges) {
  std::vector<IdRange> gaps;
  TermId begin(kind, 0);
  for (const IdRange& run : ranges.ordered) {
    if (begin < run.first) gaps.push_back({begin, run.first});
    begin = run.end;
  }
  gaps.push_back({begin, TermId(kind, TermId::kPayloadMask)});
  return gaps;
}

bool begins(const StoreView& view, TermId id, std::string_view prefix) {
  return view.term(id).value().starts_with(prefix);
}

/// Different values of a column, from `range` alone, in the rows that match `pattern`.
bool values_in(const StoreView& view, QuadOrder order, const QuadPattern& pattern,
               std::size_t column, const IdRange& range, const Deadline& deadline,
               const std::function<bool(TermId)>& found) {
  QuadScan scan = view.scan(order, pattern);
  Quad row = to_order(pattern, order);
  row.terms[column] = range.first;
  scan.seek(row);
  ColumnRuns runs;
  while (scan.next_runs(runs, column + 1, 256)) {
    for (std::size_t i = 0; i < runs.runs; ++i) {
      const TermId value = runs.columns[column][i];
      if (!range.contains(value)) return true;
      if (deadline.passed() || !found(value)) return false;
    }
  }
  return true;
}

bool unordered_terms(const StoreView& view, const DataSummary& summary, IdKind kind,
                     const IdRange& range, const Deadline& deadline,
                     const std::function<bool(TermId)>& found) {
  if (kind == IdKind::Iri) return values_in(view, QuadOrder::Spog, {}, 0, range, deadline, found);
  for (const TermId predicate : summary.label_predicates)
    if (!values_in(view, QuadOrder::Posg, QuadPattern{{kUnbound, predicate, kUnbound, kUnbound}}, 1,
                   range, deadline, found))
      return false;
  return true;
}

}  // namespace

bool terms_with_prefix(const StoreView& view, const DataSummary& summary, IdKind kind,
                       std::string_view prefix, const Deadline& deadline,
                       const std::function<bool(TermId)>& found) {
  const TermRanges ranges = view.ids_with_prefix(kind, prefix);
  for (const IdRange& range : ranges.inside)
    for (std::uint64_t id = range.first.bits(); id < range.end.bits(); ++id)
      if (deadline.passed() || !found(TermId(id))) return false;
  for (const IdRange& range : unordered_ids(kind, ranges)) {
    const bool all = unordered_terms(view, summary, kind, range, deadline, [&](TermId id) {
      return !begins(view, id, prefix) || found(id);
    });
    if (!all) return false;
  }
  return true;
}

namespace {

/// Calls `found` for a few subjects of a label.
bool each_bearer(const StoreView& view, const DataSummary& summary, TermId label,
                 const std::function<bool(TermId, TermId)>& found) {
  constexpr std::size_t kMostBearers = 64;
  for (const TermId predicate : summary.label_predicates) {
    QuadScan scan = view.scan(QuadOrder::Posg, QuadPattern{{kUnbound, predicate, label, kUnbound}});
    QuadColumns rows;
    if (!scan.next(rows, kMostBearers)) continue;
    for (const TermId subject : rows.columns[2])
      if (!found(subject, label)) return false;
  }
  return true;
}

}  // namespace

bool labelled_with_prefix(const StoreView& view, const DataSummary& summary,
                          std::string_view prefix, const Deadline& deadline,
                          const std::function<bool(TermId, TermId)>& found) {
  bool all = true;
  for (const IdKind kind : {IdKind::String, IdKind::Tagged})
    all =
        terms_with_prefix(view, summary, kind, prefix, deadline,
                          [&](TermId label) { return each_bearer(view, summary, label, found); }) &&
        all;
  return all;
}

bool labelled_exactly(const StoreView& view, const DataSummary& summary, std::string_view name,
                      const Deadline& deadline, const std::function<bool(TermId, TermId)>& found) {
  const Term plain = Term::literal(name);
  if (const auto label = view.find(view_of(plain)))
    if (!each_bearer(view, summary, *label, found)) return false;
  // Its lexical form ends with the byte that divides it from the tag (rdf/term_codec.h).
  const TermRanges ranges = view.ids_with_prefix(IdKind::Tagged, std::string(name) + '\0');
  for (const IdRange& range : ranges.inside)
    for (std::uint64_t id = range.first.bits(); id < range.end.bits(); ++id)
      if (deadline.passed() || !each_bearer(view, summary, TermId(id), found)) return false;
  for (const IdRange& range : unordered_ids(IdKind::Tagged, ranges)) {
    const bool all =
        unordered_terms(view, summary, IdKind::Tagged, range, deadline, [&](TermId id) {
          return view.term(id).value() != name || each_bearer(view, summary, id, found);
        });
    if (!all) return false;
  }
  return true;
}

}  // namespace tripten
