// The engine under test: a dataset in a store, and queries and updates on it under many settings.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "differential/naive/solution.h"
#include "query/plan/query_run.h"
#include "storage/store.h"

namespace tripten::test {

/// Where the quads are.
enum class Layout { Delta, Base, Both };

/// A store in memory with blocks of four rows. Queries run on its snapshot or on a transaction,
/// which is never committed; reset() begins another.
class LoadedDataset {
 public:
  /// Both: the base holds half of the quads and some that the delta deletes.
  LoadedDataset(const naive::TermQuads& quads, Layout layout);

  void reset();
  const StoreView& snapshot() const { return *snapshot_; }
  StoreTransaction& change() { return *change_; }
  /// The quads given, with the labels that the store has given to blank nodes.
  const naive::TermQuads& quads() const { return quads_; }

 private:
  void load_base(const naive::TermQuads& quads);
  void fill();
  Quad ids_of(const naive::TermQuad& quad);

  StorePtr store_;
  SnapshotPtr snapshot_{};
  std::unique_ptr<StoreTransaction> change_{};
  naive::TermQuads inserted_{}, erased_{};  // by a transaction, over the base
  naive::TermQuads quads_{};
  std::map<Term, Term> labels_{};  // of blank nodes: the dataset's → the store's
};

/// What a query gave: rows of the columns in the order they came.
struct Answer {
  AnswerKind kind = AnswerKind::Solutions;
  std::vector<std::string> columns{};
  naive::Solutions rows{};
  std::string plan{};
};

Answer run_query(const Query& query, const StoreView& view, const RunOptions& options);

/// All quads of a view.
naive::TermQuads quads_of(const StoreView& view);

}  // namespace tripten::test
