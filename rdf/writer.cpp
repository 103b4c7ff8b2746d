// The writers of lines, and what all writers share.
//
// Labels: x is written as x. From the second source on it becomes x.s2, x.s3, ...; a label of the
// first source that ends like that gets .s1. A label that can't be written, or that begins with x-,
// becomes x- and its bytes in hexadecimal digits. So different nodes have different labels.
#include "rdf/writer.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "tripten/error.h"

#include "rdf/writer_parts.h"

namespace tripten {
namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 16;

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The part of BLANK_NODE_LABEL that is ASCII, without labels in hexadecimal digits.
bool is_writable(std::string_view label) {
  if (label.empty() || label.starts_with("x-")) return false;
  if (!is_word_character(label.front()) || label.back() == '.') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_word_character(c) || c == '-' || c == '.'; });
}

/// Whether it ends in .s and digits.
bool names_source(std::string_view label) {
  const std::size_t last = label.find_last_not_of("0123456789");
  return last != std::string_view::npos && last + 1 < label.size() && last > 0 &&
         label[last] == 's' && label[last - 1] == '.';
}

class LineWriter : public RdfWriter {
 public:
  LineWriter(std::ostream& out, bool has_graphs) : out_(out), has_graphs_(has_graphs) {}

  void begin_source() override { labels_.begin_source(); }

  void add(const Statement& statement) override {
    if (!has_graphs_) graph_.check(statement.graph);
    append(statement.subject);
    append(statement.predicate);
    append(statement.object);
    if (has_graphs_ && statement.graph.kind != TermKind::Unbound) append(statement.graph);
    out_.text() += ".\n";
    out_.flush_if_large();
  }

  void finish() override { out_.flush(); }

 private:
  void append(const TermView& term) {
    if (term.kind == TermKind::Blank)
      labels_.append(term.value, out_.text());
    else
      append_ntriples(term, out_.text());
    out_.text() += ' ';
  }

  TextOutput out_;
  const bool has_graphs_;
  WriterLabels labels_{};
  OneGraph graph_{};
};

}  // namespace

void TextOutput::flush_if_large() {
  if (text_.size() >= kFlushBytes) flush();
}

void TextOutput::flush() {
  out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  text_.clear();
  if (!out_.flush()) throw Error(ErrorCode::Io, "the output can't be written");
}

void WriterLabels::append(std::string_view label, std::string& out) const {
  out += "_:";
  if (is_writable(label)) {
    out += label;
  } else {
    out += "x-";
    for (const char c : label)
      out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  }
  if (source_ > 1 || names_source(label))
    out += fmt::format(".s{}", std::max<std::size_t>(source_, 1));
}

void OneGraph::check(const TermView& graph) {
  if (!is_known_) graph_ = term_of(graph);
  is_known_ = true;
  if (graph != view_of(graph_))
    throw Error(ErrorCode::Invalid,
                fmt::format("this format holds one graph, and there is another one: {}",
                            graph.kind == TermKind::Unbound ? "the default graph"
                                                            : term_of(graph).to_string()));
}

std::unique_ptr<RdfWriter> make_rdf_writer(std::ostream& out, const RdfWriteOptions& options) {
  switch (options.format) {
    case Format::NTriples:
      return std::make_unique<LineWriter>(out, false);
    case Format::NQuads:
      return std::make_unique<LineWriter>(out, true);
    case Format::Turtle:
    case Format::TriG:
      return make_turtle_writer(out, options);
    default:
      break;
  }
  throw Error(
      ErrorCode::Invalid,
      fmt::format("RDF can't be written as {}; nt, nq, ttl and trig can", name_of(options.format)));
}

}  // namespace tripten
