#include "query/output/solution_writer.h"

#include <fmt/format.h>

#include "tripten/error.h"

#include "query/output/buffered_writer.h"

namespace tripten {

std::unique_ptr<SolutionWriter> make_solution_writer(std::ostream& out, Format format,
                                                     const WriteOptions& options) {
  switch (format) {
    case Format::Csv:
      return make_csv_writer(out);
    case Format::Guess:
    case Format::Tsv:
      return make_tsv_writer(out);
    case Format::Json:
      return make_json_writer(out);
    case Format::Xml:
      return make_xml_writer(out);
    case Format::JsonLines:
      return make_json_lines_writer(out);
    case Format::Markdown:
      return make_markdown_writer(out);
    case Format::Table:
      return make_table_writer(out, options);
    case Format::Box:
      return make_box_writer(out, options);
    case Format::Line:
      return make_line_writer(out, options);
    case Format::Html:
      return make_html_writer(out, options);
    default:
      throw Error(ErrorCode::Invalid,
                  fmt::format("{} holds a graph: this query's answer is a table of solutions (try "
                              "table, box, line, csv, tsv, json, jsonl, xml, markdown or html)",
                              name_of(format)));
  }
}

}  // namespace tripten
