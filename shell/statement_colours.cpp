#include "shell/statement_colours.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <string>

#include "shell/letter_case.h"

namespace tripten::shell {

namespace {

/// Of the grammar of SPARQL 1.1 (§19.8), functions left out, in the order of the alphabet.
constexpr std::array<std::string_view, 62> kKeywords{
    "A",         "ADD",     "ALL",      "AS",        "ASC",          "ASK",     "AVG",    "BASE",
    "BIND",      "BY",      "CLEAR",    "CONSTRUCT", "COPY",         "COUNT",   "CREATE", "DATA",
    "DEFAULT",   "DELETE",  "DESC",     "DESCRIBE",  "DISTINCT",     "DROP",    "EXISTS", "FALSE",
    "FILTER",    "FROM",    "GRAPH",    "GROUP",     "GROUP_CONCAT", "HAVING",  "IN",     "INSERT",
    "INTO",      "LIMIT",   "LOAD",     "MAX",       "MIN",          "MINUS",   "MOVE",   "NAMED",
    "NOT",       "OFFSET",  "OPTIONAL", "ORDER",     "PREFIX",       "REDUCED", "SAMPLE", "SELECT",
    "SEPARATOR", "SERVICE", "SILENT",   "SUM",       "TO",           "TRUE",    "UNDEF",  "UNION",
    "USING",     "VALUES",  "WHERE",    "WITH",      "LATERAL",      "NULL"};

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), to_upper(word)) != kKeywords.end();
}

bool is_name_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '-' || byte >= 0x80;
}

class Painter {
 public:
  explicit Painter(std::string_view text) : text_(text), colours_(text.size(), Colour::None) {}

  std::vector<Colour> paint() {
    std::size_t at = text_.find_first_not_of(" \t\n");
    if (at != std::string_view::npos && text_[at] == '.')
      at = fill(at, std::min(text_.find_first_of(" \t\n", at), text_.size()), Colour::Dot);
    while (at < text_.size())
      at = paint_at(at);
    return std::move(colours_);
  }

 private:
  std::size_t fill(std::size_t begin, std::size_t end, Colour colour) {
    std::fill(colours_.begin() + static_cast<std::ptrdiff_t>(begin),
              colours_.begin() + static_cast<std::ptrdiff_t>(end), colour);
    return end;
  }

  std::size_t end_of_name(std::size_t at) const {
    while (at < text_.size() && is_name_byte(text_[at]))
      ++at;
    return at;
  }

  std::size_t end_of_string(std::size_t at) const {
    const char quote = text_[at];
    const std::string three(3, quote);
    const bool is_long = text_.substr(at).starts_with(three);
    at += is_long ? 3 : 1;
    for (; at < text_.size(); ++at) {
      if (text_[at] == '\\') {
        ++at;
      } else if (is_long ? text_.substr(at).starts_with(three) : text_[at] == quote) {
        return at + (is_long ? 3 : 1);
      } else if (!is_long && text_[at] == '\n') {
        return at;
      }
    }
    return text_.size();
  }

  /// Paints what begins at a place; the place behind it.
  std::size_t paint_at(std::size_t at) {
    const char c = text_[at];
    if (c == '#') return fill(at, std::min(text_.find('\n', at), text_.size()), Colour::Comment);
    if (c == '"' || c == '\'') return fill(at, end_of_string(at), Colour::String);
    if (c == '?' || c == '$') return fill(at, end_of_name(at + 1), Colour::Variable);
    if (c == '<') {
      const std::size_t end = text_.find_first_of(" \t\n<>\"{}", at + 1);
      if (end != std::string_view::npos && text_[end] == '>')
        return fill(at, end + 1, Colour::Name);
      return at + 1;
    }
    if (!is_name_byte(c) && c != ':') return at + 1;
    std::size_t end = end_of_name(at);
    if (end < text_.size() && text_[end] == ':') {
      do
        end = end_of_name(end + 1);
      while (end + 1 < text_.size() && (text_[end] == '.' || text_[end] == ':') &&
             is_name_byte(text_[end + 1]));
      return fill(at, end, Colour::Name);
    }
    const std::string_view word = text_.substr(at, end - at);
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) return fill(at, end, Colour::Number);
    return is_keyword(word) ? fill(at, end, Colour::Keyword) : end;
  }

  std::string_view text_;
  std::vector<Colour> colours_;
};

}  // namespace

std::string_view sequence_of(Colour colour) {
  switch (colour) {
    case Colour::None:
      return "\x1b[0m";
    case Colour::Keyword:
      return "\x1b[0;1;34m";
    case Colour::Variable:
      return "\x1b[0;36m";
    case Colour::Name:
      return "\x1b[0;32m";
    case Colour::String:
      return "\x1b[0;33m";
    case Colour::Number:
      return "\x1b[0;35m";
    case Colour::Comment:
      return "\x1b[0;2m";
    case Colour::Dot:
      return "\x1b[0;1;35m";
  }
  return "";
}

std::vector<Colour> colours_of(std::string_view text) {
  return Painter(text).paint();
}

bool wants_colours() {
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return !(no_colour && *no_colour) && terminal && *terminal &&
         std::string_view(terminal) != "dumb";
}

}  // namespace tripten::shell
