// A solution is a row of the query's ids. Ids of terms that the query computed (Local) and
// constants of the templates become the transaction's only when WHERE has ended: while it runs, a
// new entry of the dictionary would give one term two ids.
#include "query/update/modify.h"

#include <unordered_map>

#include "query/exec/row_table.h"
#include "query/plan/quad_templates.h"
#include "query/update/quad_list.h"

namespace tripten {

namespace {

/// Terms that the database does not have are in no quad to delete.
class DeletedTerms : public TemplateTerms {
 public:
  explicit DeletedTerms(const StoreTransaction& transaction) : transaction_(transaction) {}
  TermId id_of(const Term& constant) override {
    return transaction_.find(view_of(constant)).value_or(kUnbound);
  }
  TermId fresh_blank() override { return kUnbound; }
  TermKind kind_of(TermId id) const override { return kind_of_stored(id); }

 private:
  const StoreTransaction& transaction_;
};

class InsertedTerms : public TemplateTerms {
 public:
  explicit InsertedTerms(StoreTransaction& transaction) : transaction_(transaction) {}
  TermId id_of(const Term& constant) override { return transaction_.intern(view_of(constant)); }
  TermId fresh_blank() override { return transaction_.fresh_blank(); }
  TermKind kind_of(TermId id) const override { return kind_of_stored(id); }

  /// The transaction's id of a term that the query computed; a blank node stays one node.
  TermId stored(TermId id, const QueryTerms& terms) {
    if (id.kind() != IdKind::Local) return id;
    const auto [found, is_new] = stored_.try_emplace(id);
    if (is_new) {
      const TermView term = terms.get(id, scratch_);
      found->second =
          term.kind == TermKind::Blank ? transaction_.fresh_blank() : transaction_.intern(term);
    }
    return found->second;
  }

 private:
  StoreTransaction& transaction_;
  std::unordered_map<TermId, TermId> stored_{};
  std::string scratch_{};
};

std::vector<Variable> template_variables(const Modify& modify) {
  Schema schema;
  for (const auto* templates : {&modify.deletions, &modify.insertions})
    for (const Variable& variable : variables_of(*templates))
      schema.add(variable);
  return schema.variables();
}

class ModifyRun {
 public:
  ModifyRun(const Modify& modify, StoreTransaction& transaction, const Interrupt& interrupt,
            const RunOptions& options)
      : modify_(modify),
        transaction_(transaction),
        interrupt_(interrupt),
        schema_(template_variables(modify)),
        budget_(options.memory_bytes),
        run_(where(), transaction, interrupt, options) {}

  UpdateCounts execute() {
    rows_.open(schema_.size(), budget_, interrupt_);
    Batch batch;
    while (run_.next(batch)) {
      solutions_ += batch.rows;
      rows_.append(batch.columns, batch.rows);
    }
    // Both lists are settled before either is made: templates may share quads.
    QuadList deleted(budget_), inserted(budget_);
    settle_deletions(deleted);
    settle_insertions(inserted);
    UpdateCounts counts;
    std::size_t done = 0;
    for (const Quad& quad : deleted) {
      if (done++ % kAskEvery == 0) interrupt_.check();
      counts.deleted += transaction_.erase(quad);
    }
    for (const Quad& quad : inserted) {
      if (done++ % kAskEvery == 0) interrupt_.check();
      counts.inserted += transaction_.insert(quad);
    }
    return counts;
  }

 private:
  static constexpr std::size_t kAskEvery = 1024;

  Query where() const {
    Query query;
    query.form = SelectForm{schema_.variables()};
    query.dataset = modify_.dataset;
    query.pattern = {Project{modify_.pattern, schema_.variables()}};
    query.base = modify_.base;
    return query;
  }

  void settle_deletions(QuadList& list) {
    DeletedTerms terms(transaction_);
    settle(modify_.deletions, rows_.columns(), terms, list);
  }

  void settle_insertions(QuadList& list) {
    if (modify_.insertions.empty()) return;  // no term becomes one of the store's
    InsertedTerms terms(transaction_);
    std::vector<Column> columns = rows_.columns();
    MemoryLease copy(budget_);
    copy.resize(columns.size() * rows_.rows() * sizeof(TermId));
    for (Column& column : columns)
      for (TermId& id : column)
        id = terms.stored(id, run_.terms());
    settle(modify_.insertions, columns, terms, list);
  }

  void settle(const std::vector<QuadTemplate>& templates, const std::vector<Column>& columns,
              TemplateTerms& terms, QuadList& list) const {
    if (templates.empty()) return;
    QuadTemplates maker(templates, schema_, terms);
    std::vector<Quad> quads;
    for (std::size_t row = 0; row < solutions_; ++row) {
      if (row % kAskEvery == 0) interrupt_.check();
      quads.clear();
      maker.append(columns, row, quads);
      for (const Quad& quad : quads)
        list.add(quad);
    }
  }

  const Modify& modify_;
  StoreTransaction& transaction_;
  const Interrupt& interrupt_;
  Schema schema_;
  MemoryBudget budget_;  // for what is settled; the run has one of the same size
  QueryRun run_;
  RowTable rows_{};
  std::size_t solutions_ = 0;  // also where no variable is asked for
};

}  // namespace

UpdateCounts execute_modify(const Modify& modify, StoreTransaction& transaction,
                            const Interrupt& interrupt, const RunOptions& options) {
  return ModifyRun(modify, transaction, interrupt, options).execute();
}

}  // namespace tripten
