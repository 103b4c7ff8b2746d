// LoadPart: the statements that one thread has read, as numbers of terms of its own.
//
//   statement ─ encode ▶ bytes ─ look up ▶ number      (TermTable, InlineTable)
//
// Threads share nothing while they read. A part that has reached its share of the memory is stored
// (load/stored_part.h) and begun anew. Belongs to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/inline_table.h"
#include "load/numbered_quad.h"
#include "load/term_table.h"
#include "rdf/statement.h"

namespace tripten {

/// The first byte of a blank node among a part's encoded terms: below those of rdf/term_codec.h.
constexpr char kEncodedBlank = 1;

class LoadPart : public StatementSink {
 public:
  /// `graph` is for statements that name none; unbound is the default graph.
  explicit LoadPart(const Term& graph) : graph_(graph) {}

  /// Blank node labels mean the same node wherever the scope is the same, in all parts of a load.
  void set_scope(std::uint32_t scope) { scope_ = scope; }
  /// The scope is the caller's to set.
  void begin_source() override {}
  void add(const Statement& statement) override;

  std::uint64_t statements() const { return statements_; }  ///< Of all that it ever took.
  bool empty() const { return quads_.empty(); }
  /// Bytes held, and what it takes to sort the terms.
  std::size_t memory() const;

  /// What was read since the last take(); the part is empty then.
  struct Content {
    TermTable terms{};
    std::vector<TermId> inline_terms{};
    NumberedQuads quads{};
    std::optional<TermNumber> only_graph{};  ///< Of all the quads.
  };
  Content take();

 private:
  /// The term of one position of the statement before: neighbours often share subjects, predicates
  /// and graphs.
  struct Latest {
    TermView term{};
    std::string bytes{};  // that the view is of
    TermNumber number = 0;
  };

  TermNumber number_of(const TermView& term);
  TermNumber number_of(const TermView& term, Latest& latest);
  TermNumber default_graph();

  Term graph_;
  std::uint32_t scope_ = 0;
  TermTable terms_{};
  InlineTable inline_terms_{};
  NumberedQuads quads_{};
  std::optional<TermNumber> only_graph_{};  // of quads_, unless has_graphs_
  bool has_graphs_ = false;
  std::uint64_t statements_ = 0;
  Latest subject_{}, predicate_{}, named_graph_{};
  std::string encoded_{};  // scratch
};

}  // namespace tripten
