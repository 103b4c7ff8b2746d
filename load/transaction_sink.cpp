#include "load/transaction_sink.h"

namespace tripten {

TransactionSink::TransactionSink(StoreTransaction& transaction, const Term& graph,
                                 const Interrupt* interrupt)
    : transaction_(transaction),
      interrupt_(interrupt) {
  if (graph) graph_ = transaction_.intern(view_of(graph));
}

void TransactionSink::begin_source() {
  blanks_.clear();
}

void TransactionSink::add(const Statement& statement) {
  if (interrupt_ && statements_ % 1024 == 0) interrupt_->check();
  ++statements_;
  const bool in_default = statement.graph.kind == TermKind::Unbound;
  const Quad quad{{id_of(statement.subject), id_of(statement.predicate), id_of(statement.object),
                   in_default ? graph_ : id_of(statement.graph)}};
  if (transaction_.insert(quad)) ++inserted_;
}

TermId TransactionSink::id_of(const TermView& term) {
  if (term.kind != TermKind::Blank) return transaction_.intern(term);
  auto [found, is_new] = blanks_.try_emplace(std::string(term.value));
  if (is_new) found->second = transaction_.fresh_blank();
  return found->second;
}

}  // namespace tripten
