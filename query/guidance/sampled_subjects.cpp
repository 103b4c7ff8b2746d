#include "query/guidance/sampled_subjects.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace tripten {

namespace {

/// Subjects that are looked at, in so many places of the range.
constexpr std::size_t kSample = 96;
constexpr std::size_t kPlaces = 12;

/// To two digits: a sample knows no more.
std::uint64_t rounded(double count) {
  const auto digits = std::floor(std::log10(std::max(count, 1.0)));
  const double unit = std::pow(10.0, std::max(digits - 1, 0.0));
  return static_cast<std::uint64_t>(std::round(count / unit) * unit);
}

PredicateUses sorted(const std::unordered_map<TermId, double>& quads, bool estimated) {
  PredicateUses found{.estimated = estimated};
  for (const auto& [predicate, count] : quads)
    found.uses.push_back(
        {predicate, estimated ? rounded(count) : static_cast<std::uint64_t>(count)});
  std::sort(found.uses.begin(), found.uses.end(), [](const PredicateUse& a, const PredicateUse& b) {
    return a.quads != b.quads ? a.quads > b.quads : a.predicate < b.predicate;
  });
  return found;
}

void add_uses(const StoreView& view, TermId subject, std::unordered_map<TermId, double>& quads) {
  constexpr std::size_t kMostPredicates = 512;
  QuadScan scan = view.scan(QuadOrder::Spog, QuadPattern{{subject, kUnbound, kUnbound, kUnbound}});
  ColumnRuns runs;
  for (std::size_t seen = 0; seen < kMostPredicates && scan.next_runs(runs, 2);) {
    for (std::size_t i = 0; i < runs.runs; ++i)
      quads[runs.columns[1][i]] += static_cast<double>(runs.counts[i]);
    seen += runs.runs;
  }
}

/// Different subjects of a range, from several places of it; `all` says that it has no other.
std::vector<TermId> sample(const StoreView& view, const SubjectRange& range, bool& all) {
  std::vector<TermId> values;
  QuadScan scan = view.scan(range.order, range.pattern);
  QuadColumns rows;
  const auto take = [&](std::size_t most) {
    const bool some = scan.next(rows, most);
    if (some)
      values.insert(values.end(), rows.columns[range.column].begin(),
                    rows.columns[range.column].end());
    return some && rows.rows == most;
  };
  all = !take(kSample);
  if (!all) {
    values.resize(kSample / kPlaces);
    for (const TermId point : view.split_points(range.order, range.pattern, kPlaces)) {
      Quad row = to_order(range.pattern, range.order);
      row.terms[range.column] = point;
      scan.seek(row);
      take(kSample / kPlaces);
    }
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

}  // namespace

PredicateUses uses_of_subjects(const StoreView& view, const SubjectRange& range,
                               const Deadline& deadline) {
  bool all = false;
  const std::vector<TermId> subjects = sample(view, range, all);
  std::unordered_map<TermId, double> quads;
  std::size_t looked_at = 0;
  for (const TermId subject : subjects) {
    if (looked_at > 0 && deadline.passed()) break;
    if (subject.is_iri() || subject.is_blank()) add_uses(view, subject, quads);
    ++looked_at;
  }
  all = all && looked_at == subjects.size();
  if (!all && looked_at > 0) {
    const double factor = static_cast<double>(range.subjects) / static_cast<double>(looked_at);
    for (auto& [predicate, count] : quads)
      count *= factor;
  }
  return sorted(quads, !all);
}

PredicateUses uses_of_subject(const StoreView& view, TermId subject) {
  std::unordered_map<TermId, double> quads;
  add_uses(view, subject, quads);
  return sorted(quads, false);
}

std::optional<PredicateUses> uses_beside(const StoreView& view,
                                         std::span<const TermId> predicates) {
  std::unordered_map<TermId, double> quads;
  for (const CharacteristicSets::Group& set : view.characteristic_sets().sets()) {
    const bool has_all = std::all_of(predicates.begin(), predicates.end(),
                                     [&](TermId id) { return set.find(id) != nullptr; });
    if (!has_all) continue;
    for (const CharacteristicSets::Predicate& predicate : set.predicates)
      quads[predicate.id] += static_cast<double>(predicate.quads);
  }
  if (quads.empty()) return std::nullopt;
  return sorted(quads, false);
}

}  // namespace tripten
