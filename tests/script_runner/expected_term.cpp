#include "script_runner/expected_term.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <regex>

#include "script_runner/script.h"

namespace tripten {

namespace {

constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

std::string xsd(std::string_view name) {
  return std::string(kXsd) + std::string(name);
}

void append_utf8(std::string& out, unsigned long code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

class RowReader {
 public:
  RowReader(std::string_view text, int line, const Prefixes& prefixes)
      : text_(text),
        line_(line),
        prefixes_(prefixes) {}

  std::vector<ExpectedTerm> read() {
    std::vector<ExpectedTerm> row;
    while (skip_blanks())
      row.push_back(read_cell());
    return row;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw ScriptError(line_, what); }

  bool skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ')
      ++at_;
    return at_ < text_.size();
  }

  bool take(std::string_view what) {
    if (text_.substr(at_).starts_with(what)) {
      at_ += what.size();
      return true;
    }
    return false;
  }

  std::string word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ' ')
      ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  ExpectedTerm read_cell() {
    const char first = text_[at_];
    if (first == '<') return {.term = Term::iri(read_iri())};
    if (first == '"' || first == '\'') return {.term = read_literal()};
    const std::string token = word();
    if (token == "-") return {};
    if (token == "*") return {.kind = ExpectedTerm::Kind::Any};
    if (token == "true" || token == "false") return {.term = Term::boolean(token == "true")};
    if (token.starts_with("_:")) return {.term = Term::blank(token.substr(2))};
    if (std::isdigit(static_cast<unsigned char>(first)) || first == '-' || first == '+' ||
        first == '.')
      return number(token);
    return {.term = Term::iri(expanded(token))};
  }

  ExpectedTerm number(const std::string& token) const {
    static const std::regex integer("[-+]?[0-9]+"), decimal("[-+]?[0-9]*\\.[0-9]+"),
        real("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)[eE][-+]?[0-9]+");
    if (std::regex_match(token, integer)) return {.term = Term::typed(token, xsd("integer"))};
    if (std::regex_match(token, decimal))
      return {.kind = ExpectedTerm::Kind::Value, .term = Term::typed(token, xsd("decimal"))};
    if (std::regex_match(token, real))
      return {.kind = ExpectedTerm::Kind::Value, .term = Term::typed(token, xsd("double"))};
    fail("'" + token + "' is no term");
  }

  std::string expanded(const std::string& token) const {
    const std::size_t colon = token.find(':');
    if (colon == std::string::npos) fail("'" + token + "' is no term");
    const std::string label = token.substr(0, colon);
    auto found = prefixes_.find(label);
    if (found == prefixes_.end()) fail("prefix " + label + ": is declared nowhere");
    std::string local = token.substr(colon + 1);
    std::erase(local, '\\');  // PN_LOCAL_ESC
    return found->second + local;
  }

  std::string read_iri() {
    ++at_;
    std::string iri;
    while (at_ < text_.size() && text_[at_] != '>')
      read_character(iri);
    if (!take(">")) fail("an IRI does not end");
    return iri;
  }

  Term read_literal() {
    const char quote = text_[at_++];
    std::string lexical;
    while (at_ < text_.size() && text_[at_] != quote)
      read_character(lexical);
    if (at_ == text_.size()) fail("a literal does not end");
    ++at_;
    if (take("@")) return Term::tagged(lexical, word());
    if (!take("^^")) return Term::literal(lexical);
    if (at_ < text_.size() && text_[at_] == '<') return Term::typed(lexical, read_iri());
    return Term::typed(lexical, expanded(word()));
  }

  void read_character(std::string& out) {
    if (text_[at_] != '\\') {
      out += text_[at_++];
      return;
    }
    static constexpr std::string_view kEscapes = "tbnrf\"'\\";
    static constexpr std::string_view kMeant = "\t\b\n\r\f\"'\\";
    const char escape = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    at_ += 2;
    if (const std::size_t place = kEscapes.find(escape); place != std::string_view::npos) {
      out += kMeant[place];
    } else if (escape == 'u' || escape == 'U') {
      const std::string digits(text_.substr(at_, escape == 'u' ? 4 : 8));
      append_utf8(out, std::strtoul(digits.c_str(), nullptr, 16));
      at_ += digits.size();
    } else {
      fail(std::string("no escape \\") + escape);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_;
  const Prefixes& prefixes_;
};

/// A decimal without what does not change its value.
std::string shortest_decimal(std::string text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.erase(0, 1);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
  if (text.empty()) return "0";
  return (negative ? "-" : "") + text;
}

bool same_value(const Term& one, const Term& other) {
  if (one.datatype() != other.datatype()) return false;
  if (one.datatype() == xsd("decimal"))
    return shortest_decimal(one.value()) == shortest_decimal(other.value());
  const double a = std::strtod(one.value().c_str(), nullptr);
  const double b = std::strtod(other.value().c_str(), nullptr);
  return a == b || std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b));
}

}  // namespace

void collect_prefixes(std::string_view text, Prefixes& prefixes) {
  static const std::regex declaration("@?prefix\\s+([^\\s:]*):\\s*<([^>]*)>", std::regex::icase);
  const std::string copy(text);
  for (std::sregex_iterator it(copy.begin(), copy.end(), declaration), end; it != end; ++it)
    prefixes[(*it)[1]] = (*it)[2];
}

std::vector<ExpectedTerm> read_expected_row(std::string_view text, int line,
                                            const Prefixes& prefixes) {
  return RowReader(text, line, prefixes).read();
}

bool accepts(const ExpectedTerm& expected, const Term& answered) {
  switch (expected.kind) {
    case ExpectedTerm::Kind::Any:
      return static_cast<bool>(answered);
    case ExpectedTerm::Kind::Value:
      return answered.is_literal() && same_value(expected.term, answered);
    case ExpectedTerm::Kind::Term:
      if (expected.term.is_blank()) return answered.is_blank();
      return expected.term == answered;
  }
  return false;
}

std::string written(const Term& answered) {
  return answered ? answered.to_string() : "-";
}

std::string written(const ExpectedTerm& expected) {
  if (expected.kind == ExpectedTerm::Kind::Any) return "*";
  return written(expected.term);
}

}  // namespace tripten
