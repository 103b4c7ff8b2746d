#include "query/results/solution_reader.h"

#include <fmt/format.h>

#include "tripten/error.h"

#include "query/results/reader_parts.h"

namespace tripten {

void read_solutions(Input& input, Format format, SolutionSink& sink) {
  switch (format) {
    case Format::Json:
      return read_json_solutions(input, sink);
    case Format::Xml:
      return read_xml_solutions(input, sink);
    case Format::Tsv:
      return read_tsv_solutions(input, sink);
    case Format::Csv:
      return read_csv_solutions(input, sink);
    default:
      throw Error(ErrorCode::Invalid,
                  fmt::format("{}: solutions are read from json, xml, tsv and csv, not from {}",
                              input.name(), name_of(format)));
  }
}

}  // namespace tripten
