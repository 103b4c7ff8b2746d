// A table in HTML, without a document around it. IRIs are prefixed names, those of the web links;
// literals plain text with their language. What HTML would take for markup is escaped; characters
// that HTML cannot have (the HTML Standard, §13.5) are replaced.
#include "base/utf8.h"
#include "query/output/buffered_writer.h"
#include "query/output/table_cells.h"

namespace tripten {
namespace {

void append_code_point(char32_t c, std::string& out) {
  switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    default: {
      const bool is_control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
      append_utf8(is_control ? kReplacementCharacter : c, out);
    }
  }
}

void append_text(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const DecodedCodePoint next = decode_utf8(text);
    text.remove_prefix(next.bytes);
    if (next.code_point == '\n')
      out += "<br>";
    else
      append_code_point(next.code_point, out);
  }
}

void append_attribute(std::string_view name, std::string_view value, std::string& out) {
  out.append(" ").append(name).append("=\"");
  while (!value.empty()) {
    const DecodedCodePoint next = decode_utf8(value);
    value.remove_prefix(next.bytes);
    append_code_point(next.code_point, out);
  }
  out += '"';
}

/// An IRI of any other scheme (`javascript:`) is no link.
bool is_link(std::string_view iri) {
  return iri.starts_with("http://") || iri.starts_with("https://");
}

class HtmlWriter : public BufferedWriter {
 public:
  HtmlWriter(std::ostream& out, const WriteOptions& options)
      : BufferedWriter(out),
        cells_(options) {}

  void begin(const std::vector<std::string>& variables) override {
    bytes() += "<table>\n<thead>\n<tr>";
    for (const std::string& variable : variables) {
      bytes() += "<th>";
      append_text(variable, bytes());
      bytes() += "</th>";
    }
    bytes() += "</tr>\n</thead>\n<tbody>\n";
  }
  void write(const Batch& batch, const QueryTerms& terms) override {
    cells_.fetch_labels(batch, batch.rows, terms);
    BufferedWriter::write(batch, terms);
  }
  void finish() override {
    bytes() += "</tbody>\n</table>\n";
    flush();
  }
  void write_boolean(bool answer) override {
    bytes() += answer ? "<p>true</p>\n" : "<p>false</p>\n";
    flush();
  }

 protected:
  void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) override {
    bytes() += "<tr>";
    for (const Column& column : batch.columns)
      append_cell(column[row], terms);
    bytes() += "</tr>\n";
  }

  void append_term(const TermView& term, std::string& out) override {
    out += "<td";
    if (is_number_cell(term)) out += " align=\"right\"";
    if (!term.language.empty()) append_attribute("lang", term.language, out);
    out += '>';
    if (term.kind == TermKind::Iri) {
      append_iri(term.value, out);
    } else {
      if (term.kind == TermKind::Blank) out += "_:";
      append_text(term.value, out);
    }
    out += "</td>";
  }

 private:
  void append_iri(std::string_view iri, std::string& out) {
    name_.clear();
    cells_.append_name(iri, name_);
    if (is_link(iri)) {
      out += "<a";
      append_attribute("href", iri, out);
      out += '>';
    }
    append_text(name_, out);
    if (is_link(iri)) out += "</a>";
    const std::string_view label = cells_.label_of(iri);
    if (label.empty()) return;
    out += ' ';
    append_text(label, out);
  }

  TableCells cells_;
  std::string name_{};
};

}  // namespace

std::unique_ptr<SolutionWriter> make_html_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<HtmlWriter>(out, options);
}

}  // namespace tripten
