// Writers of RDF: statements in, bytes out.
#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <string>

#include "tripten/format.h"

#include "rdf/statement.h"

namespace tripten {

struct RdfWriteOptions {
  Format format = Format::NQuads;  ///< NTriples, NQuads, Turtle or TriG.
  /// Prefix → IRI, for Turtle and TriG: written first, and used where a local name is allowed.
  std::map<std::string, std::string> prefixes{};
};

/// Statements arrive by add(), grouped by graph and subject where that should show in Turtle and
/// TriG; finish() ends the document. NTriples and Turtle hold one graph: a statement of another one
/// than the first's is Invalid. Writes exactly what N-Triples' canonical form says for literals.
class RdfWriter : public StatementSink {
 public:
  virtual void finish() = 0;
};

std::unique_ptr<RdfWriter> make_rdf_writer(std::ostream& out, const RdfWriteOptions& options);

/// One term as N-Triples writes it, appended: `<iri>`, `_:b1`, `"lexical"@en`, escapes as in
/// canonical N-Triples.
void append_ntriples(const TermView& term, std::string& out);

}  // namespace tripten
