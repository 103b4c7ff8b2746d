// The tokens are recognised by hand, a byte at a time; a table of classes keeps long strings and
// IRIs fast. The text is valid UTF-8: the caller has checked that.
//
// One question of Turtle's grammar needs a look ahead: a dot belongs to a name or number where more
// of that name or number follows, and ends the statement otherwise.
#include "rdf/text_token.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/utf8.h"
#include "rdf/byte_class.h"

namespace tripten {
namespace {

using Kind = TextTokenKind;

/// A text with the place that has been reached in it.
struct Cursor {
  std::string_view text;
  std::size_t at;
  bool is_all;

  bool done() const { return at == text.size(); }
  char here() const { return text[at]; }
  std::string_view rest() const { return text.substr(at); }
  void skip(std::uint8_t classes) {
    while (!done() && is(here(), classes))
      ++at;
  }
  TextToken token(Kind kind) const { return {kind, at}; }
  TextToken fault(const char* what, ErrorCode code = ErrorCode::Syntax) const {
    return {Kind::Fault, at, what, code};
  }
  /// The text ends here, in the middle of a token.
  TextToken cut(const char* expected) const { return is_all ? fault(expected) : TextToken{}; }
};

/// An escape's faults, or a token of kind Space when there is none.
using Escape = TextToken;

/// `\uXXXX` or `\UXXXXXXXX`, from the u on.
Escape skip_code_point(Cursor& cursor, bool in_iri) {
  const std::size_t backslash = cursor.at - 1;
  const int digits = cursor.here() == 'u' ? 4 : 8;
  std::uint32_t code_point = 0;
  ++cursor.at;
  for (int i = 0; i < digits; ++i, ++cursor.at) {
    if (cursor.done()) return cursor.cut("expected a hexadecimal digit, found {}");
    const int value = hex_value(cursor.here());
    if (value < 0) return cursor.fault("expected a hexadecimal digit, found {}");
    code_point = (code_point << 4) | static_cast<std::uint32_t>(value);
  }
  const Cursor start{cursor.text, backslash, true};
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
    return start.fault("an escape stands for no character: {}");
  if (in_iri && code_point < 0x80 && is(static_cast<char>(code_point), kNotInIri))
    return start.fault("an IRI can't hold {}, not even escaped", ErrorCode::Invalid);
  return cursor.token(Kind::Space);
}

/// From the backslash on.
Escape skip_escape(Cursor& cursor, bool in_iri) {
  ++cursor.at;
  if (cursor.done()) return cursor.cut("expected an escape, found {}");
  if (cursor.here() == 'u' || cursor.here() == 'U') return skip_code_point(cursor, in_iri);
  if (in_iri) {
    --cursor.at;
    return cursor.fault("an IRI can't hold {}", ErrorCode::Invalid);
  }
  if (!is_in("tbnrf\"'\\", cursor.here())) {
    --cursor.at;
    return cursor.fault("a string can't hold the escape {}");
  }
  ++cursor.at;
  return cursor.token(Kind::Space);
}

TextToken iri_token(Cursor cursor) {
  ++cursor.at;
  for (;;) {
    while (!cursor.done() && !is(cursor.here(), kNotInIri))
      ++cursor.at;
    if (cursor.done()) return cursor.cut("expected '>', found {}");
    if (cursor.here() == '>') break;
    if (cursor.here() == '\n') {
      ++cursor.at;  // the place is the line that should not have begun
      return cursor.fault("an IRI can't hold a line break", ErrorCode::Invalid);
    }
    if (cursor.here() != '\\') return cursor.fault("an IRI can't hold {}", ErrorCode::Invalid);
    if (const Escape escape = skip_escape(cursor, true); escape.kind != Kind::Space) return escape;
  }
  ++cursor.at;
  return cursor.token(Kind::Iri);
}

/// From behind the first quote on.
TextToken short_string(Cursor cursor, char quote) {
  for (;;) {
    while (!cursor.done() && !is(cursor.here(), kEndsString))
      ++cursor.at;
    if (cursor.done()) return cursor.cut("a string has no end: found {}");
    const char c = cursor.here();
    if (c == quote) break;
    if (c == '\n' || c == '\r') return cursor.fault("a string has no end: found {}");
    if (c != '\\')
      ++cursor.at;
    else if (const Escape escape = skip_escape(cursor, false); escape.kind != Kind::Space)
      return escape;
  }
  ++cursor.at;
  return cursor.token(Kind::String);
}

/// From behind the first three quotes on.
TextToken long_string(Cursor cursor, char quote) {
  const std::array<char, 3> quotes{quote, quote, quote};
  const std::string_view end(quotes.data(), quotes.size());
  while (!cursor.rest().starts_with(end)) {
    while (!cursor.done() && cursor.here() != quote && cursor.here() != '\\')
      ++cursor.at;
    const std::size_t left = cursor.rest().size();
    if (left == 0 || (left < 3 && cursor.here() == quote && !cursor.is_all))
      return cursor.cut("a string in three quotes has no end: found {}");
    if (cursor.rest().starts_with(end)) break;
    if (cursor.here() == quote)
      ++cursor.at;
    else if (const Escape escape = skip_escape(cursor, false); escape.kind != Kind::Space)
      return escape;
  }
  cursor.at += 3;
  return cursor.token(Kind::String);
}

TextToken string_token(Cursor cursor, bool lines_count) {
  const char quote = cursor.here();
  ++cursor.at;
  if (lines_count) return short_string(cursor, quote);
  const std::string_view rest = cursor.rest();
  if (rest.size() < 2 && !cursor.is_all && (rest.empty() || rest[0] == quote)) return {};
  if (rest.size() < 2 || rest[0] != quote || rest[1] != quote) return short_string(cursor, quote);
  cursor.at += 2;
  return long_string(cursor, quote);
}

TextToken number_token(Cursor cursor) {
  if (is_in("+-", cursor.here())) ++cursor.at;
  cursor.skip(kDigit);
  if (!cursor.done() && cursor.here() == '.') {
    const std::string_view rest = cursor.rest();
    if (rest.size() < 2 && !cursor.is_all) return {};
    if (rest.size() >= 2 && (is(rest[1], kDigit) || is_in("eE", rest[1]))) ++cursor.at;
    cursor.skip(kDigit);
  }
  if (!cursor.done() && is_in("eE", cursor.here())) {
    ++cursor.at;
    if (!cursor.done() && is_in("+-", cursor.here())) ++cursor.at;
    cursor.skip(kDigit);
  }
  return cursor.done() && !cursor.is_all ? TextToken{} : cursor.token(Kind::Number);
}

TextToken name_token(Cursor cursor) {
  const Kind kind = cursor.rest().starts_with("_:") ? Kind::Label : Kind::Name;
  for (;;) {
    while (!cursor.done() && is(cursor.here(), kName))
      // PN_LOCAL_ESC: the byte behind a backslash is part of the name.
      cursor.at += cursor.here() == '\\' && cursor.rest().size() > 1 ? 2 : 1;
    if (cursor.done()) return cursor.is_all ? cursor.token(kind) : TextToken{};
    if (cursor.here() != '.') return cursor.token(kind);
    const std::size_t behind =
        std::min(cursor.text.find_first_not_of('.', cursor.at), cursor.text.size());
    if (behind == cursor.text.size() && !cursor.is_all) return {};
    if (behind == cursor.text.size() || !is(cursor.text[behind], kName)) return cursor.token(kind);
    cursor.at = behind;
  }
}

/// @prefix, @base, or a language tag: letters, then groups of letters and digits.
TextToken at_token(Cursor cursor) {
  ++cursor.at;
  cursor.skip(kLetter);
  while (!cursor.done() && cursor.here() == '-') {
    ++cursor.at;
    if (cursor.done()) break;
    if (!is(cursor.here(), kLetter | kDigit))
      return cursor.fault("expected the next part of a language tag, found {}");
    cursor.skip(kLetter | kDigit);
  }
  if (cursor.done() && !cursor.is_all) return {};
  if (cursor.text[cursor.at - 1] == '@' || cursor.text[cursor.at - 1] == '-')
    return cursor.fault("expected a language tag, found {}");
  return cursor.token(Kind::At);
}

TextToken space_token(Cursor cursor, bool lines_count) {
  cursor.skip(lines_count ? kBlank : kBlank | kBreak);
  return cursor.token(Kind::Space);
}

TextToken comment_token(Cursor cursor) {
  cursor.at = std::min(cursor.text.find_first_of("\n\r", cursor.at), cursor.text.size());
  return cursor.done() && !cursor.is_all ? TextToken{} : cursor.token(Kind::Comment);
}

TextToken single(Cursor cursor, Kind kind) {
  ++cursor.at;
  return cursor.token(kind);
}

TextToken dot_token(Cursor cursor) {
  if (cursor.rest().size() < 2) return cursor.is_all ? single(cursor, Kind::Dot) : TextToken{};
  return is(cursor.text[cursor.at + 1], kDigit) ? number_token(cursor) : single(cursor, Kind::Dot);
}

TextToken carets_token(Cursor cursor) {
  ++cursor.at;
  if (cursor.done()) return cursor.cut("expected '^^', found {}");
  return cursor.here() == '^' ? single(cursor, Kind::Carets)
                              : cursor.fault("expected '^^', found {}");
}

}  // namespace

TextToken next_text_token(std::string_view text, std::size_t at, bool is_all, bool lines_count) {
  const Cursor cursor{text, at, is_all};
  const char c = cursor.here();
  switch (c) {
    case '\n':
    case '\r':
      return lines_count ? single(cursor, Kind::LineEnd) : space_token(cursor, false);
    case ' ':
    case '\t':
      return space_token(cursor, lines_count);
    case '#':
      return comment_token(cursor);
    case '<':
      return iri_token(cursor);
    case '"':
    case '\'':
      return string_token(cursor, lines_count);
    case '(':
    case '[':
    case '{':
      return single(cursor, Kind::Open);
    case ')':
    case ']':
    case '}':
      return single(cursor, Kind::Close);
    case ',':
    case ';':
      return single(cursor, Kind::Comma);
    case '.':
      return lines_count ? single(cursor, Kind::Dot) : dot_token(cursor);
    case '^':
      return carets_token(cursor);
    case '@':
      return at_token(cursor);
    default:
      break;
  }
  if (is(c, kDigit) || c == '+' || c == '-') return number_token(cursor);
  return is(c, kName) ? name_token(cursor) : cursor.fault("expected a term, found {}");
}

std::string describe_found(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 40;
  if (at >= text.size()) return "the end of the file";
  const std::string_view rest = text.substr(at);
  switch (rest[0]) {
    case '\n':
    case '\r':
      return "a line break";
    case ' ':
      return "a blank";
    case '\t':
      return "a tab";
    default:
      break;
  }
  if (static_cast<unsigned char>(rest[0]) < 0x20 || rest[0] == 0x7F)
    return fmt::format("the control character U+{:04X}", rest[0]);
  std::size_t end = 1;
  if (is(rest[0], kName) || rest[0] == '@')
    while (end < rest.size() && is(rest[end], kName))
      ++end;
  else if (rest[0] == '<')
    end = std::min(rest.find_first_of(">\n\r"), rest.size() - 1) + 1;
  else if (rest[0] == '"')
    end = std::min(rest.find_first_of("\"\n\r", 1), rest.size() - 1) + 1;
  std::string_view token = rest.substr(0, end);
  while (token.size() > 1 && is_in("\n\r", token.back()))
    token.remove_suffix(1);
  return '\'' + excerpt(token, kLongest) + '\'';
}

bool is_name_byte(char byte) {
  return is(byte, kName);
}

}  // namespace tripten
