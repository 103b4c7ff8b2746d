// A table in Markdown (GitHub's). IRIs are links to themselves, literals plain text: whatever
// Markdown or HTML would take for markup is escaped, a line break becomes <br>.
#include "query/output/buffered_writer.h"

namespace tripten {
namespace {

void append_text(std::string_view text, std::string& out) {
  constexpr std::string_view kMarkup = "\\|`*_[]<>&#~";
  for (const char c : text) {
    if (c == '\n') {
      out += "<br>";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += ' ';
    } else {
      if (kMarkup.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
}

class MarkdownWriter : public BufferedWriter {
 public:
  explicit MarkdownWriter(std::ostream& out) : BufferedWriter(out) {}

  void begin(const std::vector<std::string>& variables) override {
    // Markdown has no table without columns.
    const std::vector<std::string> names =
        variables.empty() ? std::vector<std::string>{""} : variables;
    bytes() += '|';
    for (const std::string& name : names) {
      bytes() += ' ';
      append_text(name, bytes());
      bytes() += " |";
    }
    bytes() += "\n|";
    for (std::size_t i = 0; i < names.size(); ++i)
      bytes() += " --- |";
    bytes() += '\n';
  }
  void finish() override { flush(); }
  void write_boolean(bool answer) override {
    begin({"answer"});
    bytes() += answer ? "| true |\n" : "| false |\n";
    flush();
  }

 protected:
  void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) override {
    bytes() += batch.columns.empty() ? "| |" : "|";
    for (const Column& column : batch.columns) {
      bytes() += ' ';
      append_cell(column[row], terms);
      bytes() += " |";
    }
    bytes() += '\n';
  }
  void append_term(const TermView& term, std::string& out) override {
    const bool link =
        term.kind == TermKind::Iri && term.value.find_first_of(" <>|") == std::string_view::npos;
    if (link) {
      out.append("<").append(term.value).append(">");
      return;
    }
    if (term.kind == TermKind::Blank) out += "\\_:";
    append_text(term.value, out);
  }
};

}  // namespace

std::unique_ptr<SolutionWriter> make_markdown_writer(std::ostream& out) {
  return std::make_unique<MarkdownWriter>(out);
}

}  // namespace tripten
