// Statements on their way from a reader or importer to whoever stores them.
//
// A reader owns the bytes; a sink that wants to keep them copies. Nothing is allocated per term.
#pragma once

#include <string_view>

#include "tripten/term.h"

namespace tripten {

/// A term by reference: what a reader has in its hands at the moment of a statement.
struct TermView {
  TermKind kind = TermKind::Unbound;
  std::string_view value{};     ///< IRI, blank node label (without `_:`) or lexical form.
  std::string_view datatype{};  ///< Literals: the datatype's IRI; empty means xsd:string.
  std::string_view language{};  ///< Language-tagged strings; then `datatype` is empty.

  friend bool operator==(const TermView&, const TermView&) = default;
};

/// Views of a Term's bytes, valid while it lives; and a Term of a view's bytes.
TermView view_of(const Term& term);
Term term_of(const TermView& view);

/// One RDF statement. An unbound graph is the default graph.
struct Statement {
  TermView subject, predicate, object, graph;
};

/// Whoever takes statements: a loader, a counter, a writer, a test.
class StatementSink {
 public:
  virtual ~StatementSink() = default;

  /// Blank node labels mean the same node until the next begin_source().
  virtual void begin_source() = 0;
  /// The views are valid during the call only.
  virtual void add(const Statement& statement) = 0;
};

}  // namespace tripten
