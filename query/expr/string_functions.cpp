// Functions on strings (§17.4.3) but regular expressions. Positions and lengths are code points.
#include <algorithm>
#include <cmath>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include "base/letter_case.h"
#include "base/text_search.h"
#include "base/utf8.h"
#include "query/expr/node.h"
#include "rdf/language_tag.h"

namespace tripten {
namespace {

/// ICU counts in 32 bits.
constexpr std::size_t kMostBytes = 0x7FFFFFFF;

/// A string with the language of another one.
Value like(Frame& frame, const StringArgument& pattern, std::string_view text) {
  return pattern.language.empty() ? frame.string(text) : frame.tagged(text, pattern.language);
}

/// The same for a part of the operand's own text, which is copied only where it must be.
Value part_of(Frame& frame, const Operand& operand, const StringArgument& text,
              std::string_view part) {
  return operand.has_lasting_bytes() ? frame.lasting_string(part, text.language)
                                     : like(frame, text, part);
}

/// Argument compatibility (§17.4.3.1.2): the second has no language, or the first one's.
bool are_compatible(const StringArgument& first, const StringArgument& second) {
  return second.language.empty() || equal_tags(first.language, second.language);
}

using TextTest = bool (*)(std::string_view, std::string_view);
template <TextTest test>
Value test_text(Frame&, std::span<Operand> arguments) {
  const auto text = arguments[0].string(), part = arguments[1].string();
  if (!text || !part || !are_compatible(*text, *part)) return {};
  return Frame::boolean(test(text->lexical, part->lexical));
}

bool starts_with(std::string_view text, std::string_view part) {
  return text.starts_with(part);
}
bool ends_with(std::string_view text, std::string_view part) {
  return text.ends_with(part);
}
Value str_len(Frame& frame, std::span<Operand> arguments) {
  const auto text = arguments[0].string();
  if (!text) return {};
  return frame.integer(static_cast<std::int64_t>(count_code_points(text->lexical)));
}

/// fn:substring (XPath Functions §5.4.3): the characters at positions p with
/// round(start) <= p < round(start) + round(length).
Value sub_str(Frame& frame, std::span<Operand> arguments) {
  const auto text = arguments[0].string();
  const Number* const start = arguments[1].number();
  const Number* const length = arguments.size() > 2 ? arguments[2].number() : nullptr;
  if (!text || !start || (arguments.size() > 2 && !length)) return {};
  const double first = std::floor(start->to_double() + 0.5);
  const double end = length ? first + std::floor(length->to_double() + 0.5) : INFINITY;
  const double from = std::max(first, 1.0);
  const auto most = static_cast<double>(text->lexical.size()) + 1;
  // Comparisons with NaN are false.
  if (!(from < end) || !(from <= most)) return like(frame, *text, {});
  std::string_view rest = text->lexical;
  rest.remove_prefix(code_point_offset(rest, static_cast<std::size_t>(from - 1)));
  if (end - from < most)
    rest = rest.substr(0, code_point_offset(rest, static_cast<std::size_t>(end - from)));
  return part_of(frame, arguments[0], *text, rest);
}

/// Unicode's full case mapping without a language's own rules; nothing where ICU fails.
template <bool upper>
std::optional<std::string> in_case(std::string_view text) {
  if (is_ascii(text)) return upper ? to_ascii_upper(text) : to_ascii_lower(text);
  std::string changed;
  changed.reserve(text.size());
  icu::StringByteSink<std::string> sink(&changed);
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  if (upper)
    icu::CaseMap::utf8ToUpper("", 0, piece, sink, nullptr, error);
  else
    icu::CaseMap::utf8ToLower("", 0, piece, sink, nullptr, error);
  return U_SUCCESS(error) ? std::optional(std::move(changed)) : std::nullopt;
}

template <bool upper>
Value change_case(Frame& frame, std::span<Operand> arguments) {
  const auto text = arguments[0].string();
  if (!text || text->lexical.size() > kMostBytes) return {};
  frame.require(3 * text->lexical.size());
  const auto changed = in_case<upper>(text->lexical);
  return changed ? like(frame, *text, *changed) : Value();
}

/// Whether LCASE of the text contains the part, without LCASE where ASCII letters decide. Two
/// characters beyond ASCII have a small form that holds an ASCII letter: the Kelvin sign and the
/// capital I with a dot.
Value lower_contains(Frame& frame, std::span<Operand> arguments) {
  const auto text = arguments[0].string(), part = arguments[1].string();
  if (!text || text->lexical.size() > kMostBytes || !part || !are_compatible(*text, *part))
    return {};
  const bool is_small =
      is_ascii(part->lexical) && std::none_of(part->lexical.begin(), part->lexical.end(),
                                              [](char c) { return c >= 'A' && c <= 'Z'; });
  if (is_small) {
    if (find_ignoring_case(text->lexical, part->lexical) != std::string_view::npos)
      return Frame::boolean(true);
    const bool has_others =
        contains_text(text->lexical, "\u212A") || contains_text(text->lexical, "\u0130");
    if (!has_others) return Frame::boolean(false);
  }
  frame.require(3 * text->lexical.size());
  const auto lower = in_case<false>(text->lexical);
  return lower ? Frame::boolean(contains_text(*lower, part->lexical)) : Value();
}

template <bool after>
Value text_beside(Frame& frame, std::span<Operand> arguments) {
  const auto text = arguments[0].string(), part = arguments[1].string();
  if (!text || !part || !are_compatible(*text, *part)) return {};
  const std::size_t at = text->lexical.find(part->lexical);
  if (at == std::string_view::npos) return frame.string({});
  return part_of(
      frame, arguments[0], *text,
      after ? text->lexical.substr(at + part->lexical.size()) : text->lexical.substr(0, at));
}

/// fn:encode-for-uri: everything but the unreserved characters of RFC 3986.
Value encode_for_uri(Frame& frame, std::span<Operand> arguments) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto text = arguments[0].string();
  if (!text) return {};
  frame.require(3 * text->lexical.size());
  std::string encoded;
  for (const char c : text->lexical) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    if (unreserved) {
      encoded += c;
      continue;
    }
    encoded += '%';
    encoded += kDigits[static_cast<unsigned char>(c) >> 4];
    encoded += kDigits[static_cast<unsigned char>(c) & 0xF];
  }
  return frame.string(encoded);
}

/// The language stays where all arguments have it.
Value concat(Frame& frame, std::span<Operand> arguments) {
  std::string joined;
  bool same_language = true;
  std::optional<StringArgument> first;
  for (Operand& argument : arguments) {
    const auto text = argument.string();
    if (!text) return {};
    if (!first) first = text;
    same_language = same_language && equal_tags(text->language, first->language);
    frame.require(joined.size() + text->lexical.size());
    joined += text->lexical;
  }
  return first && same_language ? like(frame, *first, joined) : frame.string(joined);
}

/// Basic filtering (RFC 4647 §3.3.1).
Value lang_matches(Frame&, std::span<Operand> arguments) {
  const auto tag = arguments[0].simple_string(), range = arguments[1].simple_string();
  if (!tag || !range) return {};
  if (*range == "*") return Frame::boolean(!tag->empty());
  const bool prefix = tag->size() >= range->size() && !range->empty() &&
                      equal_tags(tag->substr(0, range->size()), *range);
  return Frame::boolean(prefix && (tag->size() == range->size() || (*tag)[range->size()] == '-'));
}

}  // namespace

FunctionTraits lower_contains_function() {
  return {lower_contains, Reads::Strings};
}

FunctionTraits string_function(Function function) {
  switch (function) {
    case Function::StrLen:
      return {str_len, Reads::Strings};
    case Function::SubStr:
      return {sub_str, Reads::Strings};
    case Function::UCase:
      return {change_case<true>, Reads::Strings};
    case Function::LCase:
      return {change_case<false>, Reads::Strings};
    case Function::StrStarts:
      return {test_text<starts_with>, Reads::Strings};
    case Function::StrEnds:
      return {test_text<ends_with>, Reads::Strings};
    case Function::Contains:
      return {test_text<contains_text>, Reads::Strings};
    case Function::StrBefore:
      return {text_beside<false>, Reads::Strings};
    case Function::StrAfter:
      return {text_beside<true>, Reads::Strings};
    case Function::EncodeForUri:
      return {encode_for_uri, Reads::Strings};
    case Function::Concat:
      return {concat, Reads::Strings};
    case Function::LangMatches:
      return {lang_matches, Reads::Strings};
    default:
      return {};
  }
}

}  // namespace tripten
