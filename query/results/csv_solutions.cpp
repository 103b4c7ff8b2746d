// SPARQL 1.1 Query Results CSV Format (§3), quoted as RFC 4180 says.
//
// The format does not keep what its values were. `_:x` is a blank node, as the recommendation
// writes it; an empty field is unbound and `""` is the empty string; everything else is a string,
// IRIs and numbers too.
#include <fmt/format.h>

#include "query/results/delimited_solutions.h"

namespace tripten {
namespace {

class CsvSolutions : public DelimitedSolutions {
 public:
  using DelimitedSolutions::DelimitedSolutions;

 protected:
  void next(Cell& cell) override;
  std::string variable_of(const Cell& cell) const override { return cell.text; }
  Term term_of(const Cell& cell) const override;

 private:
  void take_quoted(std::string& text);
  void take_plain(std::string& text);
  bool take_end();
};

void CsvSolutions::next(Cell& cell) {
  source().mark();
  cell.text.clear();
  cell.quoted = !source().done() && source().peek() == '"';
  if (cell.quoted)
    take_quoted(cell.text);
  else
    take_plain(cell.text);
  cell.ends_row = take_end();
}

/// From the first quote to behind the last; two quotes inside are one.
void CsvSolutions::take_quoted(std::string& text) {
  source().skip();
  for (;;) {
    if (source().done()) throw source().error(ErrorCode::Syntax, "a quote has no end");
    const char byte = source().peek();
    source().skip();
    if (byte == '"') {
      if (source().done() || source().peek() != '"') return;
      source().skip();
    }
    text += byte;
  }
}

void CsvSolutions::take_plain(std::string& text) {
  for (; !source().done(); source().skip()) {
    const char byte = source().peek();
    if (byte == ',' || byte == '\n' || byte == '\r') return;
    if (byte == '"') {
      source().unmark();
      throw source().error(ErrorCode::Syntax, "a quote stands inside of a field without quotes");
    }
    text += byte;
  }
}

/// Whether the row ends with the cell.
bool CsvSolutions::take_end() {
  if (source().done()) return true;
  const char byte = source().peek();
  const bool is_comma = byte == ',';
  source().skip();
  if (is_comma || byte == '\n') return !is_comma;
  if (byte == '\r' && !source().done() && source().peek() == '\n') {
    source().skip();
    return true;
  }
  source().unmark();
  throw source().error(ErrorCode::Syntax, byte == '\r'
                                              ? "a carriage return stands outside of quotes"
                                              : "expected a comma or a line break behind a quote");
}

Term CsvSolutions::term_of(const Cell& cell) const {
  if (cell.text.starts_with("_:") && cell.text.size() > 2) return Term::blank(cell.text.substr(2));
  return Term::literal(cell.text);
}

}  // namespace

void read_csv_solutions(Input& input, SolutionSink& sink) {
  CsvSolutions(input).read(sink);
}

}  // namespace tripten
