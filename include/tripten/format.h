// Format: the names of everything that Tripten reads or writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace tripten {

enum class Format : std::uint8_t {
  Guess,      ///< By the file's name when reading; `table` or `tsv`, `ttl` or `nt` when writing.
  NTriples,   ///< W3C N-Triples: `nt`.
  NQuads,     ///< W3C N-Quads: `nq`.
  Turtle,     ///< W3C Turtle: `ttl`.
  TriG,       ///< W3C TriG: `trig`.
  RdfXml,     ///< W3C RDF/XML: `rdf`, `owl`, `xml` when reading; read only.
  Figure,     ///< PFOCR front matter or an article in Markdown: `md`, `txt`; read only.
  Csv,        ///< Tables when reading (RFC 4180); SPARQL 1.1 Results CSV when writing: `csv`.
  Tsv,        ///< Tables when reading; SPARQL 1.1 Results TSV when writing: `tsv`.
  Json,       ///< SPARQL 1.1 Results JSON: `json`; read by read_solutions() alone.
  Xml,        ///< SPARQL Results XML: `xml`; read by read_solutions() alone.
  JsonLines,  ///< One JSON object a solution: `jsonl`; write only.
  Markdown,   ///< A table in Markdown: `markdown`; write only.
  Table,      ///< Columns for a person's eyes: `table`; write only.
  Box,        ///< The same with lines around the cells: `box`; write only.
  Line,       ///< A line for each value, an empty one between solutions: `line`; write only.
  Html        ///< A table in HTML: `html`; write only.
};

/// The format of a command line's name for it (`ttl`, `json`, ...), any case; nothing if unknown.
std::optional<Format> format_named(std::string_view name);
/// The name that format_named() takes.
std::string_view name_of(Format format);
/// By the endings of a file's name, `.gz`, `.bz2` and `.zst` passed over; Guess if unknown.
Format format_of_file(const std::filesystem::path& file);
/// Whether the format holds an RDF graph or dataset (rather than a table of solutions).
bool holds_graph(Format format);

}  // namespace tripten
