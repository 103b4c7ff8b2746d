// QueryTerms: ids ↔ terms while a query runs.
//
// A query sees the ids of its view and adds Local ones for terms that it computed and that the
// database does not have. So inside one query two ids are equal exactly when their terms are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/memory_budget.h"
#include "rdf/statement.h"
#include "storage/store.h"
#include "storage/term_ranges.h"

namespace tripten {

/// Belongs to one query and one of its threads.
class QueryTerms {
 public:
  QueryTerms(const StoreView& view, MemoryBudget& budget);
  /// The same terms for another thread of the same query: a Local id means the same in both.
  /// Made before the other thread begins.
  static std::unique_ptr<QueryTerms> for_other_thread(QueryTerms& terms);
  ~QueryTerms();
  QueryTerms(const QueryTerms&) = delete;
  QueryTerms& operator=(const QueryTerms&) = delete;

  /// The id of a term: inline, of the dictionary, or Local.
  TermId intern(const TermView& term);

  /// The bytes of any id but Unbound and the default graph (which give an unbound view). The view
  /// lives until the next call of get() with the same scratch, or of intern().
  TermView get(TermId id, std::string& scratch) const;
  Term term(TermId id) const;

  /// The run of the dictionary that an id is of, counted from 0; nothing for ids of no run. The ids
  /// of one run's IRIs are in the code point order of the IRIs, those of its strings in theirs.
  std::optional<std::size_t> run_of(TermId id) const {
    if (!id.in_dictionary()) return std::nullopt;
    if (!runs_) find_runs();
    for (std::size_t run = 0; run < runs_->size(); ++run)
      if ((*runs_)[run].first.payload() <= id.payload() &&
          id.payload() < (*runs_)[run].end.payload())
        return run;
    return std::nullopt;
  }
  /// How many runs there are.
  std::size_t runs() const {
    if (!runs_) find_runs();
    return runs_->size();
  }
  /// Whether the ids of two terms order as their terms do by SPARQL 1.1 §15.1: both are IRIs or
  /// both strings, of one run.
  bool order_by_ids(TermId a, TermId b) const {
    if (a.kind() != b.kind() || (a.kind() != IdKind::Iri && a.kind() != IdKind::String))
      return false;
    const auto run = run_of(a);
    return run && run == run_of(b);
  }

  /// A blank node that neither the database nor this query has yet.
  TermId fresh_blank();

  const StoreView& view() const { return view_; }

 private:
  struct LocalTerms;
  struct Cache;
  QueryTerms(const StoreView& view, std::shared_ptr<LocalTerms> local);
  void find_runs() const;

  const StoreView& view_;
  std::shared_ptr<LocalTerms> local_;
  std::unique_ptr<Cache> cache_;
  mutable std::optional<std::vector<IdRange>> runs_{};  // looked up when first asked for
};

}  // namespace tripten
