// QueryTerms: ids ↔ terms while a query runs.
//
// A query sees the ids of its view and adds Local ones for terms that it computed and that the
// database does not have. So inside one query two ids are equal exactly when their terms are.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/memory_budget.h"
#include "rdf/statement.h"
#include "storage/store.h"

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

  /// A blank node that neither the database nor this query has yet.
  TermId fresh_blank();

  const StoreView& view() const { return view_; }

 private:
  struct LocalTerms;
  struct Cache;
  QueryTerms(const StoreView& view, std::shared_ptr<LocalTerms> local);

  const StoreView& view_;
  std::shared_ptr<LocalTerms> local_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace tripten
