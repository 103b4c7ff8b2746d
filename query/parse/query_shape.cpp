#include "query/parse/query_shape.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/letter_case.h"
#include "rdf/iri.h"

namespace tripten {

namespace {

/// Stands around the kind of each constant of a key.
constexpr char kBracket = '\1';
/// Comes before the number of the first constant that is the same.
constexpr char kSame = ';';
constexpr std::string_view kMark = "tripten-mark-";
/// Of marks for numbers; six digits of the constant's number follow.
constexpr std::string_view kNumberMark = "9007199254";
constexpr std::size_t kMostConstants = 200;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
/// Of a variable [166].
bool is_variable_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || is_beyond_ascii(c);
}
/// Of a prefix [168] or a word.
bool is_word_byte(char c) {
  return is_variable_byte(c) || c == '-' || c == '.';
}
/// Of a local name [169].
bool is_local_byte(char c) {
  return is_word_byte(c) || c == ':' || c == '%' || c == '\\';
}

class ShapeReader {
 public:
  explicit ShapeReader(std::string_view text) : text_(text) {}

  std::optional<QueryShape> read() {
    if (text_.find(kBracket) != std::string_view::npos ||
        text_.find(kMark) != std::string_view::npos ||
        text_.find(kNumberMark) != std::string_view::npos)
      return std::nullopt;
    shape_.key.reserve(text_.size());
    while (at_ < text_.size())
      if (!token() || shape_.constants.size() > kMostConstants) return std::nullopt;
    return std::move(shape_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  bool token() {
    const char c = peek();
    if (is_space(c) || c == '#') return pass_space();
    if (c == '<') return iri();
    if (c == '"' || c == '\'') return string(c);
    if (c == '?' || c == '$') return variable();
    if (is_digit(c)) return number();
    if (c == '.' && is_digit(peek(1))) return keep_number();
    if (c == '@') return language_tag();
    if (is_letter(c) || c == '_' || c == ':' || is_beyond_ascii(c)) return word();
    if (c == '\\') return false;
    if (c != '=') word_.clear();
    return keep(1);
  }

  bool keep(std::size_t bytes) {
    shape_.key += text_.substr(at_, bytes);
    at_ += bytes;
    return true;
  }

  bool take(ShapeConstant::Kind kind, std::size_t bytes, std::string_view prefix,
            std::string_view value) {
    shape_.key += kBracket;
    shape_.key += static_cast<char>(kind);
    shape_.key += prefix;
    const ShapeConstant constant{kind, prefix, value};
    const auto first = std::find(shape_.constants.begin(), shape_.constants.end(), constant);
    if (first != shape_.constants.end())
      shape_.key += kSame + std::to_string(first - shape_.constants.begin());
    shape_.key += kBracket;
    shape_.constants.push_back(constant);
    at_ += bytes;
    word_.clear();
    return true;
  }

  bool keep_constant(std::size_t bytes) {
    word_.clear();
    return keep(bytes);
  }

  bool pass_space() {
    while (at_ < text_.size() && (is_space(peek()) || peek() == '#'))
      if (peek() == '#')
        at_ = std::min(text_.size(), text_.find_first_of("\n\r", at_));
      else
        ++at_;
    if (!shape_.key.empty() && shape_.key.back() != ' ') shape_.key += ' ';
    return true;
  }

  /// Whether a datatype is to follow.
  bool is_after_carets() const {
    std::string_view before = shape_.key;
    while (before.ends_with(' '))
      before.remove_suffix(1);
    return before.ends_with("^^");
  }

  bool is_before_parenthesis(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at]))
      ++at;
    return at < text_.size() && text_[at] == '(';
  }

  /// [139]
  bool iri() {
    const std::size_t end = text_.find_first_of("<>\"{}|^`\\", at_ + 1);
    if (end == std::string_view::npos || text_[end] != '>') return keep_constant(1);
    const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
    for (const char c : value)
      if (static_cast<unsigned char>(c) <= ' ') return keep_constant(1);
    const std::size_t bytes = end + 1 - at_;
    if (word_ == "PREFIX" || word_ == "BASE" || is_after_carets() ||
        is_before_parenthesis(end + 1) || !is_absolute_iri(value))
      return keep_constant(bytes);
    return take(ShapeConstant::Kind::Iri, bytes, {}, value);
  }

  /// [156] to [159]
  bool string(char quote) {
    const bool is_long = peek(1) == quote && peek(2) == quote;
    const std::size_t quotes = is_long ? 3 : 1;
    bool is_plain = !is_long && word_ != "SEPARATOR";
    std::size_t end = at_ + quotes;
    for (;; ++end) {
      if (end >= text_.size()) return false;
      const char c = text_[end];
      if (c == '\\') {
        is_plain = false;
        ++end;
      } else if (!is_long && (c == '\n' || c == '\r')) {
        return false;
      } else if (c == quote && (!is_long || text_.substr(end, 3) == std::string(3, quote))) {
        break;
      }
    }
    const std::size_t bytes = end + quotes - at_;
    if (!is_plain) return keep_constant(bytes);
    return take(ShapeConstant::Kind::String, bytes, {}, text_.substr(at_ + 1, end - at_ - 1));
  }

  bool variable() {
    std::size_t bytes = 1;
    while (is_variable_byte(peek(bytes)))
      ++bytes;
    return keep_constant(bytes);
  }

  bool language_tag() {
    std::size_t bytes = 1;
    while (is_letter(peek(bytes)) || is_digit(peek(bytes)) || peek(bytes) == '-')
      ++bytes;
    return keep_constant(bytes);
  }

  /// Digits and points, with nothing of an exponent.
  bool keep_number() {
    std::size_t bytes = 0;
    while (is_digit(peek(bytes)) || peek(bytes) == '.')
      ++bytes;
    return keep_constant(bytes);
  }

  /// [146], [147]
  bool number() {
    std::size_t bytes = 0;
    while (is_digit(peek(bytes)))
      ++bytes;
    const bool is_decimal = peek(bytes) == '.' && is_digit(peek(bytes + 1));
    if (is_decimal)
      for (++bytes; is_digit(peek(bytes));)
        ++bytes;
    const char after = peek(bytes) == '.' ? peek(bytes + 1) : peek(bytes);
    const char before = shape_.key.empty() ? ' ' : shape_.key.back();
    if (is_local_byte(after) || before == '+' || before == '-' || before == '.' ||
        before == kBracket || is_local_byte(before) || word_ == "LIMIT" || word_ == "OFFSET")
      return keep_number();
    return take(is_decimal ? ShapeConstant::Kind::Decimal : ShapeConstant::Kind::Integer, bytes, {},
                text_.substr(at_, bytes));
  }

  /// A keyword, a prefixed name [140], [141] or a blank node's label [142].
  bool word() {
    std::size_t bytes = 0;
    while (is_word_byte(peek(bytes)))
      ++bytes;
    const std::string_view before = text_.substr(at_, bytes);
    if (peek(bytes) == ':') return prefixed_name(before);
    word_ = to_ascii_upper(before);
    return keep(bytes);
  }

  bool prefixed_name(std::string_view prefix) {
    const std::size_t begin = prefix.size() + 1;  // behind the colon
    std::size_t bytes = begin;
    bool is_plain = prefix != "_" && !is_after_carets();
    for (; is_local_byte(peek(bytes)); ++bytes) {
      const char c = peek(bytes);
      if (c == '.') {
        const std::size_t points = points_at(at_ + bytes);
        if (!is_local_byte(peek(bytes + points))) break;
        bytes += points - 1;
      }
      if (c == '\\') ++bytes;
      is_plain = is_plain && (is_letter(c) || is_digit(c) || c == '_' || c == '-');
    }
    if (at_ + bytes > text_.size()) return false;
    if (bytes == begin) return keep(bytes);  // a declaration goes on
    const std::string_view local = text_.substr(at_ + begin, bytes - begin);
    for (const char c : prefix)
      is_plain = is_plain && (is_letter(c) || is_digit(c));
    if (!is_plain || local[0] == '-' || is_before_parenthesis(at_ + bytes))
      return keep_constant(bytes);
    return take(ShapeConstant::Kind::PrefixedName, bytes, prefix, local);
  }

  /// How many points stand there.
  std::size_t points_at(std::size_t at) const {
    return std::min(text_.size(), text_.find_first_not_of('.', at)) - at;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string word_{};  // the one before, where only `=` or a bare prefix came between
  QueryShape shape_{};
};

void append_mark(char kind, std::string_view prefix, std::size_t number, std::string& text) {
  switch (static_cast<ShapeConstant::Kind>(kind)) {
    case ShapeConstant::Kind::Iri:
      text += fmt::format("<{}:{}>", kMark.substr(0, kMark.size() - 1), number);
      break;
    case ShapeConstant::Kind::PrefixedName:
      text += fmt::format("{}:{}{}", prefix, kMark, number);
      break;
    case ShapeConstant::Kind::String:
      text += fmt::format("\"{}{}\"", kMark, number);
      break;
    case ShapeConstant::Kind::Integer:
      text += fmt::format("{}{:06}", kNumberMark, number);
      break;
    case ShapeConstant::Kind::Decimal:
      text += fmt::format("{}{:06}.5", kNumberMark, number);
      break;
  }
}

}  // namespace

std::string QueryShape::marked() const {
  std::string text;
  std::size_t number = 0;
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t open = std::min(key.size(), key.find(kBracket, at));
    text += std::string_view(key).substr(at, open - at);
    if (open == key.size()) break;
    const std::size_t close = key.find(kBracket, open + 1);
    std::string_view prefix = std::string_view(key).substr(open + 2, close - open - 2);
    std::size_t first = number++;
    if (const std::size_t same = prefix.find(kSame); same != std::string_view::npos) {
      std::from_chars(prefix.data() + same + 1, prefix.data() + prefix.size(), first);
      prefix = prefix.substr(0, same);
    }
    append_mark(key[open + 1], prefix, first, text);
    at = close + 1;
  }
  return text;
}

std::optional<QueryShape> shape_of(std::string_view text) {
  return ShapeReader(text).read();
}

std::optional<std::size_t> mark_number(std::string_view value) {
  constexpr std::size_t kNumberDigits = 6;
  std::string_view digits;
  if (value.starts_with(kNumberMark)) {
    digits = value.substr(kNumberMark.size(), kNumberDigits);
  } else {
    constexpr std::size_t kMostMarked = kNumberDigits + 1;  // a sign and the number
    const std::size_t word = kMark.size() - 1;
    const std::size_t found = value.rfind(kMark.substr(0, word));
    if (found == std::string_view::npos || value.size() - found - word > kMostMarked ||
        value.size() == found + word)
      return std::nullopt;
    digits = value.substr(found + word + 1);
  }
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace tripten
