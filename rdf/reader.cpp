// read_rdf(): which reader takes which format.
#include "rdf/reader.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/utf8.h"
#include "rdf/iri.h"
#include "rdf/reader_parts.h"

namespace tripten {
namespace {

/// RFC 3986: what may stand in a path as it is.
bool is_path_character(char c) {
  constexpr std::string_view kOthers = "-._~!$&'()*+,;=:@/";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

}  // namespace

std::uint64_t read_rdf(Input& input, const ReadOptions& options, StatementSink& sink) {
  if (!options.base.empty() &&
      (!is_absolute_iri(options.base) || !has_iri_characters(options.base)))
    throw Error(ErrorCode::Invalid,
                fmt::format("the base <{}> is not an absolute IRI", options.base));
  switch (options.format) {
    case Format::NTriples:
    case Format::NQuads:
    case Format::Turtle:
    case Format::TriG:
      sink.begin_source();
      return read_rdf_text(input, options, sink);
    case Format::RdfXml:
      sink.begin_source();
      return read_rdf_xml(input, options, sink);
    default:
      break;
  }
  throw Error(ErrorCode::Invalid, fmt::format("{}: the format {} is not one of RDF's", input.name(),
                                              name_of(options.format)));
}

std::string file_iri(const std::filesystem::path& file) {
  const std::string path = std::filesystem::absolute(file).lexically_normal().string();
  const bool is_text = is_valid_utf8(path);  // an IRI holds letters of any script as they are
  std::string iri = "file://";
  for (const char c : path)
    if (is_path_character(c) || (is_text && static_cast<unsigned char>(c) >= 0x80))
      iri += c;
    else
      iri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return iri;
}

}  // namespace tripten
