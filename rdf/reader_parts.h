// The two halves of read_rdf(): texts by serd, RDF/XML by raptor2.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/input.h"
#include "rdf/reader.h"
#include "rdf/statement.h"

namespace tripten {

/// How much text serd gets at a time. Large enough that a call costs nothing, small enough for the
/// processor's cache; tests take 1.
constexpr std::size_t kPieceBytes = std::size_t{1} << 16;

/// N-Triples, N-Quads, Turtle, TriG.
std::uint64_t read_rdf_text(Input& input, const ReadOptions& options, StatementSink& sink,
                            std::size_t piece_bytes = kPieceBytes);

std::uint64_t read_rdf_xml(Input& input, const ReadOptions& options, StatementSink& sink);

}  // namespace tripten
