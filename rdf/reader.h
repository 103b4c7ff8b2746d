// Readers of RDF: bytes in, statements out.
//
// N-Triples, N-Quads, Turtle and TriG are parsed by serd, RDF/XML by raptor2. Errors name the
// source, line and column and say what was expected.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tripten/error.h"
#include "tripten/format.h"

#include "base/input.h"
#include "base/interrupt.h"
#include "rdf/statement.h"

namespace tripten {

struct ReadOptions {
  Format format = Format::Turtle;  ///< One of NTriples, NQuads, Turtle, TriG, RdfXml.
  std::string base{};              ///< An absolute IRI that relative ones resolve against.
  /// Skip what can't be read and go on where the format lets one (N-Triples and N-Quads: the next
  /// line; Turtle and TriG: after the next statement's end; RDF/XML: not at all), calling on_skip.
  bool lenient = false;
  std::function<void(const Error&)> on_skip{};
  const Interrupt* interrupt = nullptr;
  /// The number of the input's first line in errors: for a part of a file.
  std::uint64_t first_line = 1;
};

/// Feeds all statements of `input` to `sink` in one blank node scope (calls begin_source() once).
/// Throws Syntax with the position; Invalid for a relative IRI without base, broken UTF-8 or bytes
/// that an IRI can't hold. Returns the number of statements given to the sink.
std::uint64_t read_rdf(Input& input, const ReadOptions& options, StatementSink& sink);

/// The `file:` IRI of a path made absolute: the base of a file's relative IRIs.
std::string file_iri(const std::filesystem::path& file);

}  // namespace tripten
