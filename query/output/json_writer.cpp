// SPARQL 1.1 Query Results JSON Format, a solution a line; and JSON lines.
//
// JSON lines: one object a solution, {"name": value}, for tools that read tables (jq, pandas):
// IRIs, strings and other literals are strings, blank nodes "_:b1"; numbers and booleans are
// JSON's where their lexical form is JSON's; unbound variables are left out. An ASK is
// {"boolean": true}.
#include "base/json_text.h"
#include "query/output/buffered_writer.h"
#include "query/output/number_form.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

/// Rows of objects whose keys are variables.
class ObjectWriter : public BufferedWriter {
 protected:
  explicit ObjectWriter(std::ostream& out) : BufferedWriter(out) {}

  void set_names(const std::vector<std::string>& variables) {
    for (const std::string& variable : variables) {
      append_json_string(variable, names_.emplace_back());
      names_.back() += ": ";
    }
  }
  void append_object(const Batch& batch, std::size_t row, const QueryTerms& terms) {
    bytes() += '{';
    bool first = true;
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      const TermId id = batch.columns[i][row];
      if (!id) continue;
      if (!first) bytes() += ", ";
      first = false;
      bytes() += names_[i];
      append_cell(id, terms);
    }
    bytes() += '}';
  }

 private:
  std::vector<std::string> names_{};  // in quotes, with the colon
};

class JsonWriter : public ObjectWriter {
 public:
  explicit JsonWriter(std::ostream& out) : ObjectWriter(out) {}

  void begin(const std::vector<std::string>& variables) override {
    set_names(variables);
    bytes() += "{\"head\": {\"vars\": [";
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (i > 0) bytes() += ", ";
      append_json_string(variables[i], bytes());
    }
    bytes() += "]},\n \"results\": {\"bindings\": [";
  }
  void finish() override {
    bytes() += "\n]}}\n";
    flush();
  }
  void write_boolean(bool answer) override {
    bytes() += "{\"head\": {}, \"boolean\": ";
    bytes() += answer ? "true}\n" : "false}\n";
    flush();
  }

 protected:
  void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) override {
    bytes() += first_ ? "\n" : ",\n";
    first_ = false;
    append_object(batch, row, terms);
  }
  void append_term(const TermView& term, std::string& out) override {
    constexpr std::string_view kTypes[]{"", "bnode", "uri", "literal"};
    out += "{\"type\": \"";
    out += kTypes[static_cast<std::size_t>(term.kind)];
    out += "\", \"value\": ";
    append_json_string(term.value, out);
    if (!term.language.empty()) {
      out += ", \"xml:lang\": ";
      append_json_string(term.language, out);
    } else if (!term.datatype.empty()) {
      out += ", \"datatype\": ";
      append_json_string(term.datatype, out);
    }
    out += '}';
  }

 private:
  bool first_ = true;
};

class JsonLinesWriter : public ObjectWriter {
 public:
  explicit JsonLinesWriter(std::ostream& out) : ObjectWriter(out) {}

  void begin(const std::vector<std::string>& variables) override { set_names(variables); }
  void finish() override { flush(); }
  void write_boolean(bool answer) override {
    bytes() += answer ? "{\"boolean\": true}\n" : "{\"boolean\": false}\n";
    flush();
  }

 protected:
  void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) override {
    append_object(batch, row, terms);
    bytes() += '\n';
  }
  void append_term(const TermView& term, std::string& out) override {
    const bool boolean =
        term.datatype == kXsdBoolean && (term.value == "true" || term.value == "false");
    if (boolean || is_json_number(term))
      out += term.value;
    else if (term.kind == TermKind::Blank)
      append_json_string(std::string("_:").append(term.value), out);
    else
      append_json_string(term.value, out);
  }
};

}  // namespace

std::unique_ptr<SolutionWriter> make_json_writer(std::ostream& out) {
  return std::make_unique<JsonWriter>(out);
}
std::unique_ptr<SolutionWriter> make_json_lines_writer(std::ostream& out) {
  return std::make_unique<JsonLinesWriter>(out);
}

}  // namespace tripten
