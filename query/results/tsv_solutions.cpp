// SPARQL 1.1 Query Results TSV Format (§4): terms as Turtle writes them, one line a solution.
//
// The tokens are those of rdf/text_token.h. Prefixed names can't stand here: nothing declares a
// prefix. Bare numbers and booleans are the literals that they are in Turtle.
#include <algorithm>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "base/utf8.h"
#include "query/results/delimited_solutions.h"
#include "rdf/text_token.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

using Kind = TextTokenKind;

/// The datatype of a number written bare (Turtle §6.5, INTEGER, DECIMAL, DOUBLE); empty if it is
/// none.
std::string_view datatype_of_number(std::string_view text) {
  const auto take_digits = [&] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
  };
  const auto take_any_of = [&](std::string_view bytes) {
    const bool found = !text.empty() && bytes.find(text[0]) != std::string_view::npos;
    if (found) text.remove_prefix(1);
    return found;
  };
  take_any_of("+-");
  const std::size_t whole = take_digits();
  const bool has_point = take_any_of(".");
  const std::size_t part = has_point ? take_digits() : 0;
  if (whole + part == 0) return {};
  if (take_any_of("eE")) {
    take_any_of("+-");
    return take_digits() > 0 && text.empty() ? kXsdDouble : std::string_view();
  }
  if (!text.empty() || (has_point && part == 0)) return {};
  return has_point ? kXsdDecimal : kXsdInteger;
}

/// What an escape of one letter stands for.
char character_of(char letter) {
  constexpr std::string_view kLetters = "tbnrf";
  constexpr std::string_view kCharacters = "\t\b\n\r\f";
  const std::size_t at = kLetters.find(letter);
  return at == std::string_view::npos ? letter : kCharacters[at];
}

/// A string or IRI whose escapes have been found well-formed.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t backslash = std::min(text.find('\\', at), text.size());
    plain.append(text, at, backslash - at);
    if (backslash == text.size()) break;
    const char letter = text[backslash + 1];
    at = backslash + 2;
    if (letter != 'u' && letter != 'U') {
      plain += character_of(letter);
      continue;
    }
    const std::size_t digits = letter == 'u' ? 4 : 8;
    std::uint32_t code_point = 0;
    std::from_chars(text.data() + at, text.data() + at + digits, code_point, 16);
    append_utf8(code_point, plain);
    at += digits;
  }
  return plain;
}

/// BLANK_NODE_LABEL, as far as bytes tell.
bool is_label(std::string_view text) {
  return !text.empty() && text.find_first_of(":%\\") == std::string_view::npos && text[0] != '-' &&
         text[0] != '.' && text.back() != '.';
}

class TsvSolutions : public DelimitedSolutions {
 public:
  using DelimitedSolutions::DelimitedSolutions;

 protected:
  void next(Cell& cell) override;
  std::string variable_of(const Cell& cell) const override;
  Term term_of(const Cell& cell) const override;

 private:
  TextToken token(std::string_view text, std::size_t at) const;
  Term literal(std::string_view text, std::size_t end) const;
  Error expected(std::string_view what, std::string_view text, std::size_t at) const;
};

void TsvSolutions::next(Cell& cell) {
  source().mark();
  cell.text.clear();
  cell.ends_row = true;
  for (; !source().done(); source().skip()) {
    const char byte = source().peek();
    if (byte != '\t' && byte != '\n') {
      cell.text += byte;
      continue;
    }
    cell.ends_row = byte == '\n';
    source().skip();
    break;
  }
  if (cell.ends_row && cell.text.ends_with('\r')) cell.text.pop_back();
}

std::string TsvSolutions::variable_of(const Cell& cell) const {
  if (!cell.text.starts_with('?') && !cell.text.starts_with('$'))
    throw expected("a variable, as ?x", cell.text, 0);
  return cell.text.substr(1);
}

Error TsvSolutions::expected(std::string_view what, std::string_view text, std::size_t at) const {
  return source().error(ErrorCode::Syntax, fmt::format("expected {}, found {}", what,
                                                       at < text.size() ? describe_found(text, at)
                                                                        : "the end of the cell"));
}

TextToken TsvSolutions::token(std::string_view text, std::size_t at) const {
  const TextToken found = next_text_token(text, at, true, false);
  if (found.kind != Kind::Fault) return found;
  std::string what = found.fault;
  if (const std::size_t gap = what.find("{}"); gap != std::string::npos)
    what.replace(gap, 2,
                 found.end < text.size() ? describe_found(text, found.end) : "the end of the cell");
  throw source().error(found.code, what);
}

Term TsvSolutions::term_of(const Cell& cell) const {
  const std::string_view text = cell.text;
  const TextToken first = token(text, 0);
  if (first.kind == Kind::String) return literal(text, first.end);
  if (first.end < text.size()) throw expected("the end of the cell", text, first.end);
  switch (first.kind) {
    case Kind::Iri:
      return checked_iri(unescaped(text.substr(1, text.size() - 2)), source());
    case Kind::Label:
      if (is_label(text.substr(2))) return checked_blank(text.substr(2), source());
      break;
    case Kind::Number:
      if (const std::string_view type = datatype_of_number(text); !type.empty())
        return Term::typed(text, type);
      break;
    case Kind::Name:
      if (text == "true" || text == "false") return Term::typed(text, kXsdBoolean);
      break;
    default:
      break;
  }
  throw expected("an IRI, a blank node, a string, a number or a boolean", text, 0);
}

/// `end` is behind the string; a language tag or datatype may follow.
Term TsvSolutions::literal(std::string_view text, std::size_t end) const {
  const std::size_t quotes = text.starts_with("\"\"\"") || text.starts_with("'''") ? 3 : 1;
  const std::string lexical = unescaped(text.substr(quotes, end - 2 * quotes));
  if (end == text.size()) return Term::literal(lexical);
  const TextToken mark = token(text, end);
  if (mark.kind == Kind::At && mark.end == text.size())
    return checked_literal(lexical, {}, text.substr(end + 1), source());
  if (mark.kind != Kind::Carets) throw expected("the end of the cell", text, end);
  if (mark.end == text.size()) throw expected("a datatype", text, mark.end);
  const TextToken type = token(text, mark.end);
  if (type.kind != Kind::Iri) throw expected("a datatype in angle brackets", text, mark.end);
  if (type.end < text.size()) throw expected("the end of the cell", text, type.end);
  const std::string iri = unescaped(text.substr(mark.end + 1, type.end - mark.end - 2));
  return checked_literal(lexical, checked_iri(iri, source()).value(), {}, source());
}

}  // namespace

void read_tsv_solutions(Input& input, SolutionSink& sink) {
  TsvSolutions(input).read(sink);
}

}  // namespace tripten
