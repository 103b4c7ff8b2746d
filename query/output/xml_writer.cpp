// SPARQL Query Results XML Format (Second Edition).
//
// Characters that XML 1.0 (§2.2) does not allow at all become U+FFFD: an answer with a control
// character in it stays readable, and every other answer is exact. CR is written &#13;, or a reader
// would turn it into LF.
#include "base/utf8.h"
#include "query/output/buffered_writer.h"

namespace tripten {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

/// Whether the bytes at `at` are U+FFFE or U+FFFF.
bool is_noncharacter(std::string_view text, std::size_t at) {
  return text.size() - at >= 3 && text[at] == '\xEF' && text[at + 1] == '\xBF' &&
         (text[at + 2] == '\xBE' || text[at + 2] == '\xBF');
}

/// What stands for the character at `at`; nothing where it stands for itself.
std::string_view replacement_of(std::string_view text, std::size_t at) {
  const char c = text[at];
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\r':
      return "&#13;";
    case '\n':
    case '\t':
      return {};
    default:
      return static_cast<unsigned char>(c) < 0x20 || is_noncharacter(text, at) ? kReplacement
                                                                               : std::string_view();
  }
}

void append_xml(std::string_view text, std::string& out) {
  std::size_t plain = 0;  // start of the bytes not yet copied
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view replacement = replacement_of(text, i);
    if (replacement.empty()) continue;
    out.append(text, plain, i - plain);
    out += replacement;
    if (text[i] == '\xEF') i += 2;
    plain = i + 1;
  }
  out.append(text, plain);
}

class XmlWriter : public BufferedWriter {
 public:
  explicit XmlWriter(std::ostream& out) : BufferedWriter(out) {}

  void begin(const std::vector<std::string>& variables) override {
    begin_document();
    bytes() += "  <head>\n";
    for (const std::string& variable : variables) {
      bytes() += "    <variable name=\"";
      append_xml(variable, bytes());
      bytes() += "\"/>\n";
      std::string& tag = tags_.emplace_back("      <binding name=\"");
      append_xml(variable, tag);
      tag += "\">";
    }
    bytes() += "  </head>\n  <results>\n";
  }
  void finish() override {
    bytes() += "  </results>\n</sparql>\n";
    flush();
  }
  void write_boolean(bool answer) override {
    begin_document();
    bytes() += "  <head/>\n  <boolean>";
    bytes() += answer ? "true" : "false";
    bytes() += "</boolean>\n</sparql>\n";
    flush();
  }

 protected:
  void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) override {
    bytes() += "    <result>\n";
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      const TermId id = batch.columns[i][row];
      if (!id) continue;
      bytes() += tags_[i];
      append_cell(id, terms);
      bytes() += "</binding>\n";
    }
    bytes() += "    </result>\n";
  }
  void append_term(const TermView& term, std::string& out) override {
    if (term.kind == TermKind::Literal) {
      append_literal(term, out);
      return;
    }
    const std::string_view name = term.kind == TermKind::Iri ? "uri>" : "bnode>";
    out.append("<").append(name);
    append_xml(term.value, out);
    out.append("</").append(name);
  }

 private:
  void begin_document() {
    bytes() +=
        "<?xml version=\"1.0\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n";
  }
  static void append_literal(const TermView& term, std::string& out) {
    out += "<literal";
    const bool tagged = !term.language.empty();
    if (tagged || !term.datatype.empty()) {
      out += tagged ? " xml:lang=\"" : " datatype=\"";
      append_xml(tagged ? term.language : term.datatype, out);
      out += '"';
    }
    out += '>';
    append_xml(term.value, out);
    out += "</literal>";
  }

  std::vector<std::string> tags_{};  // the start tag of each variable's binding
};

}  // namespace

std::unique_ptr<SolutionWriter> make_xml_writer(std::ostream& out) {
  return std::make_unique<XmlWriter>(out);
}

}  // namespace tripten
