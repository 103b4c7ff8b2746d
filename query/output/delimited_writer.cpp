// SPARQL 1.1 Query Results CSV and TSV Formats.
//
// CSV: names, then values without any mark of their kind, in RFC 4180's quotes where needed; lines
// end in CR LF. TSV: names with `?`, then terms as Turtle writes them, on one line; numbers bare
// where they read back as the same term. An unbound variable is an empty field in both.
#include <algorithm>

#include "query/output/buffered_writer.h"
#include "query/output/number_form.h"
#include "rdf/writer.h"

namespace tripten {
namespace {

class DelimitedWriter : public BufferedWriter {
 public:
  DelimitedWriter(std::ostream& out, char delimiter, std::string_view line_end)
      : BufferedWriter(out),
        delimiter_(delimiter),
        line_end_(line_end) {}

  void begin(const std::vector<std::string>& variables) final {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (i > 0) bytes() += delimiter_;
      append_name(variables[i], variables.size() == 1, bytes());
    }
    bytes() += line_end_;
  }
  void finish() final { flush(); }
  void write_boolean(bool answer) final {
    bytes() += answer ? "true\n" : "false\n";
    flush();
  }

 protected:
  virtual void append_name(const std::string& variable, bool is_only, std::string& out) = 0;

  void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) final {
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      if (i > 0) bytes() += delimiter_;
      append_cell(batch.columns[i][row], terms);
    }
    bytes() += line_end_;
  }

 private:
  char delimiter_;
  std::string_view line_end_;
};

class CsvWriter : public DelimitedWriter {
 public:
  explicit CsvWriter(std::ostream& out) : DelimitedWriter(out, ',', "\r\n") {}

 protected:
  /// A lone `true` in quotes is no answer of an ASK, and a name in quotes does not begin with a
  /// byte order mark.
  void append_name(const std::string& variable, bool is_only, std::string& out) override {
    const bool is_answer = is_only && (variable == "true" || variable == "false");
    if (is_answer || variable.starts_with("\uFEFF") || needs_quotes(variable))
      append_quoted(variable, out);
    else
      out += variable;
  }
  void append_term(const TermView& term, std::string& out) override {
    if (term.kind == TermKind::Blank) out += "_:";
    if (needs_quotes(term.value))
      append_quoted(term.value, out);
    else
      out += term.value;
  }

 private:
  static bool needs_quotes(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return c == '"' || c == ',' || c == '\r' || c == '\n'; });
  }
  static void append_quoted(std::string_view text, std::string& out) {
    out += '"';
    for (const char c : text) {
      if (c == '"') out += c;
      out += c;
    }
    out += '"';
  }
};

class TsvWriter : public DelimitedWriter {
 public:
  explicit TsvWriter(std::ostream& out) : DelimitedWriter(out, '\t', "\n") {}

 protected:
  void append_name(const std::string& variable, bool, std::string& out) override {
    out.append("?").append(variable);
  }
  void append_term(const TermView& term, std::string& out) override {
    if (is_bare_number(term))
      out += term.value;
    else
      append_ntriples(term, out);
  }
};

}  // namespace

std::unique_ptr<SolutionWriter> make_csv_writer(std::ostream& out) {
  return std::make_unique<CsvWriter>(out);
}
std::unique_ptr<SolutionWriter> make_tsv_writer(std::ostream& out) {
  return std::make_unique<TsvWriter>(out);
}

}  // namespace tripten
