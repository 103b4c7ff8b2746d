// TransactionSink: statements into a transaction, one by one. For small loads, LOAD and tests.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "base/interrupt.h"
#include "rdf/statement.h"
#include "storage/store.h"

namespace tripten {

/// Blank node labels become fresh blank nodes, the same one for a label until begin_source().
class TransactionSink : public StatementSink {
 public:
  /// `graph` is for statements that name none; unbound is the default graph.
  TransactionSink(StoreTransaction& transaction, const Term& graph, const Interrupt* interrupt);

  void begin_source() override;
  void add(const Statement& statement) override;

  std::uint64_t statements() const { return statements_; }
  std::uint64_t inserted() const { return inserted_; }

 private:
  TermId id_of(const TermView& term);

  StoreTransaction& transaction_;
  const Interrupt* interrupt_;
  TermId graph_ = kDefaultGraph;
  std::unordered_map<std::string, TermId> blanks_{};  // labels of the source at hand
  std::uint64_t statements_ = 0, inserted_ = 0;
};

}  // namespace tripten
