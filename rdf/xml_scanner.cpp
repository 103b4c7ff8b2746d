// Only as much of XML 1.0 as it takes to find tags, attributes and entity declarations. What is
// malformed is passed on as it is: libxml2 says what is wrong with it.
#include "rdf/xml_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/letter_case.h"
#include "base/utf8.h"

namespace tripten {
namespace {

constexpr std::size_t kDeepest = 1000;  // raptor2 takes time in the square of the depth
constexpr std::size_t kReadBytes = std::size_t{1} << 16;
constexpr std::size_t kLongestMarkup = std::size_t{16} << 20;
constexpr std::size_t kLongestReference = 256;
// What entities may add: documents that use them for namespaces get a few times longer.
constexpr std::uint64_t kFreeExpansion = std::uint64_t{10} << 20;
constexpr std::uint64_t kExpansionFactor = 100;
constexpr int kDeepestEntity = 40;
constexpr std::uint64_t kEndless = std::uint64_t{1} << 50;

constexpr std::string_view kSpace = " \t\n\r";

bool is_predefined(std::string_view entity) {
  return entity == "lt" || entity == "gt" || entity == "amp" || entity == "quot" ||
         entity == "apos";
}

bool is_one_byte_encoding(std::string_view encoding) {
  constexpr std::array<std::string_view, 8> kPrefixes{
      "us-ascii", "ascii", "iso-8859-", "iso_8859-", "latin", "windows-125", "cp125", "koi8-"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return encoding.starts_with(prefix); });
}

/// A character reference to < or &: in an entity's value it is markup when the entity is used.
bool becomes_markup(std::string_view number) {
  const int base = number.starts_with('x') ? 16 : 10;
  if (base == 16) number.remove_prefix(1);
  std::uint32_t code_point = 0;
  std::from_chars(number.data(), number.data() + number.size(), code_point, base);
  return code_point == '<' || code_point == '&';
}

/// A text from which words, quoted values and characters are taken.
struct Rest {
  std::string_view text;

  void skip_space() { text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size())); }
  bool take(std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
  }
  std::string_view take_until(std::string_view ends) {
    const std::string_view taken = text.substr(0, text.find_first_of(ends));
    text.remove_prefix(taken.size());
    return taken;
  }
  /// The value between quotes; false if there is none.
  bool take_quoted(std::string_view& value) {
    if (text.empty() || (text[0] != '"' && text[0] != '\'')) return false;
    const std::size_t end = text.find(text[0], 1);
    if (end == std::string_view::npos) return false;
    value = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    return true;
  }
};

std::size_t behind(std::string_view text, std::string_view what, std::size_t from) {
  const std::size_t at = text.find(what, from);
  return at == std::string_view::npos ? at : at + what.size();
}

/// The end of a tag or declaration: the > that is not in quotes, brackets, comments, instructions.
std::size_t declaration_end(std::string_view text) {
  std::size_t brackets = 0;
  for (std::size_t at = 1; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest[0] == '"' || rest[0] == '\'') {
      at = behind(text, rest.substr(0, 1), at + 1);
    } else if (rest.starts_with("<!--")) {
      at = behind(text, "-->", at + 4);
    } else if (rest.starts_with("<?")) {
      at = behind(text, "?>", at + 2);
    } else {
      if (rest[0] == '>' && brackets == 0) return at + 1;
      if (rest[0] == '[') ++brackets;
      if (rest[0] == ']' && brackets > 0) --brackets;
      ++at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

bool XmlScanner::next(std::string_view& piece) {
  if (!has_begun_) begin_document();
  if (closes_ && !elements_.empty()) elements_.pop_back();
  closes_ = false;
  pass(end_);
  std::size_t end;
  while ((end = piece_end()) == std::string::npos)
    fill();
  end_ = end;
  if (is_utf8_) check_utf8();
  const std::string_view text(buffer_.data() + begin_, end_ - begin_);
  check_references(text.substr(0, markup_ - begin_));
  take_markup();
  piece = text;
  return !text.empty();
}

/// Byte order marks, and the encoding that the first line declares.
void XmlScanner::begin_document() {
  has_begun_ = true;
  fill();
  if (buffer_.starts_with("\xEF\xBB\xBF")) begin_ = end_ = 3;
  const std::string_view head = std::string_view(buffer_).substr(0, 4);
  if (head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE") ||
      head.find('\0') != std::string_view::npos)
    throw error_at(buffer_.data() + begin_, ErrorCode::Invalid,
                   "the text is UTF-16 or UTF-32, which is not read; it has to become UTF-8");
  Rest rest{std::string_view(buffer_).substr(begin_)};
  if (!rest.take("<?xml") || rest.text.empty() || kSpace.find(rest.text[0]) == std::string::npos)
    return;
  rest.text = rest.text.substr(0, rest.text.find("?>"));
  const std::size_t at = rest.text.find("encoding");
  if (at == std::string_view::npos) return;
  rest.text.remove_prefix(at + std::string_view("encoding").size());
  rest.skip_space();
  rest.take("=");
  rest.skip_space();
  std::string_view encoding;
  if (!rest.take_quoted(encoding)) return;
  const std::string name = to_ascii_lower(encoding);
  is_utf8_ = name == "utf-8" || name == "utf8";
  if (!is_utf8_ && !is_one_byte_encoding(name))
    throw error_at(encoding.data(), ErrorCode::Invalid,
                   fmt::format("the encoding {} is not read; the text has to become UTF-8",
                               excerpt(encoding, 40)));
}

void XmlScanner::fill() {
  buffer_.erase(0, begin_);
  end_ -= begin_;
  markup_ -= std::min(markup_, begin_);
  begin_ = 0;
  if (buffer_.size() > kLongestMarkup)
    throw error_at(buffer_.data(), ErrorCode::Limit,
                   fmt::format("a tag or comment is longer than {} MB", kLongestMarkup >> 20));
  std::size_t size = buffer_.size();
  buffer_.resize(size + std::max(kReadBytes, size));
  while (size < buffer_.size() && !is_read_) {
    const std::size_t got = input_.read(buffer_.data() + size, buffer_.size() - size);
    size += got;
    bytes_ += got;
    is_read_ = got == 0;
  }
  buffer_.resize(size);
}

void XmlScanner::pass(std::size_t to) {
  const std::string_view passed(buffer_.data() + begin_, to - begin_);
  const std::size_t last_break = passed.rfind('\n');
  if (last_break != std::string_view::npos) {
    line_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
    column_ = 1;
  }
  const std::string_view line = passed.substr(last_break + 1);
  column_ += is_utf8_ ? count_code_points(line) : line.size();
  begin_ = to;
}

/// Sets markup_; npos where more has to be read.
std::size_t XmlScanner::piece_end() {
  const std::size_t tag = buffer_.find('<', begin_);
  if (tag == std::string::npos) {
    markup_ = text_end();
    return is_read_ || buffer_.size() - begin_ >= kReadBytes ? markup_ : std::string::npos;
  }
  markup_ = tag;
  const std::size_t end = markup_end(tag);
  return end == std::string::npos && is_read_ ? buffer_.size() : end;
}

/// Where text without a tag can be cut: not inside a reference or a character.
std::size_t XmlScanner::text_end() const {
  const std::string_view text = buffer_;
  if (is_read_) return text.size();
  const std::size_t reference = text.rfind('&');
  if (reference != std::string_view::npos && reference > begin_ &&
      text.size() - reference < kLongestReference &&
      text.find(';', reference) == std::string_view::npos)
    return reference;
  return text.size() - (is_utf8_ ? incomplete_utf8_tail(text) : 0);
}

std::size_t XmlScanner::markup_end(std::size_t at) const {
  const std::string_view text = std::string_view(buffer_).substr(at);
  if (text.size() < std::string_view("<![CDATA[").size() && !is_read_) return std::string::npos;
  std::size_t end;
  if (text.starts_with("<!--"))
    end = behind(text, "-->", 4);
  else if (text.starts_with("<?"))
    end = behind(text, "?>", 2);
  else if (text.starts_with("<![CDATA["))
    end = behind(text, "]]>", 9);
  else
    end = declaration_end(text);
  return end == std::string_view::npos ? end : at + end;
}

void XmlScanner::check_utf8() const {
  const std::string_view text(buffer_.data() + begin_, end_ - begin_);
  const std::size_t bad = find_invalid_utf8(text);
  if (bad == std::string_view::npos) return;
  throw error_at(text.data() + bad, ErrorCode::Invalid,
                 fmt::format("the text is not UTF-8: found the byte {:02X}",
                             static_cast<unsigned char>(text[bad])));
}

void XmlScanner::take_markup() {
  const std::string_view markup(buffer_.data() + markup_, end_ - markup_);
  if (markup.size() < 2 || markup[1] == '?') return;
  if (markup.starts_with("<!DOCTYPE"))
    take_document_type(markup);
  else if (markup[1] == '/')
    closes_ = true;
  else if (markup[1] != '!')
    take_start_tag(markup);
}

void XmlScanner::take_start_tag(std::string_view tag) {
  if (elements_.size() == kDeepest)
    throw error_at(tag.data(), ErrorCode::Limit,
                   fmt::format("elements are nested more than {} deep", kDeepest));
  Element element{std::string(language())};
  Rest rest{tag.substr(1)};
  rest.take_until(" \t\n\r/>");
  for (;;) {
    rest.skip_space();
    const std::string_view name = rest.take_until(" \t\n\r=/>");
    rest.skip_space();
    std::string_view value;
    if (name.empty() || !rest.take("=")) break;
    rest.skip_space();
    if (!rest.take_quoted(value)) break;
    take_attribute(name, value, element);
  }
  elements_.push_back(std::move(element));
  closes_ = tag.ends_with("/>");
}

void XmlScanner::take_attribute(std::string_view name, std::string_view value, Element& element) {
  check_references(value);
  if (name != "xml:lang") return;
  element.language = value;
  std::replace(element.language.begin(), element.language.end(), '_', '-');  // as raptor2 does
}

/// The internal subset between [ and ].
void XmlScanner::take_document_type(std::string_view declaration) {
  Rest rest{declaration.substr(1)};
  while (!rest.text.empty()) {
    const std::size_t at = rest.text.find('<');
    if (at == std::string_view::npos) return;
    rest.text.remove_prefix(at);
    std::size_t end;
    if (rest.text.starts_with("<!--"))
      end = behind(rest.text, "-->", 4);
    else if (rest.text.starts_with("<?"))
      end = behind(rest.text, "?>", 2);
    else
      end = declaration_end(rest.text);
    const std::string_view inner = rest.text.substr(0, end);
    if (inner.starts_with("<!ENTITY")) take_entity(inner);
    if (inner.starts_with("<!ATTLIST"))
      throw error_at(inner.data(), ErrorCode::Invalid, "attribute declarations are not read");
    rest.text.remove_prefix(inner.size());
  }
}

void XmlScanner::take_entity(std::string_view declaration) {
  Rest rest{declaration};
  rest.take("<!ENTITY");
  rest.skip_space();
  if (rest.take("%"))
    throw error_at(declaration.data(), ErrorCode::Invalid, "parameter entities are not read");
  const std::string_view name = rest.take_until(kSpace);
  rest.skip_space();
  std::string_view value;
  const bool is_internal = rest.take_quoted(value);
  // The first declaration of a name counts (XML 1.0 §4.2).
  entities_.try_emplace(std::string(name), Entity{std::string(value), !is_internal});
}

void XmlScanner::check_references(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('&', at)) != std::string_view::npos; ++at) {
    const std::size_t end = text.find(';', at);
    if (end == std::string_view::npos) return;
    const std::string_view name = text.substr(at + 1, end - at - 1);
    if (name.starts_with('#') || is_predefined(name)) continue;
    const Expansion expansion = expansion_of(name, 0, text.substr(at));
    if (expansion.has_markup)
      throw error_at(
          text.data() + at, ErrorCode::Invalid,
          fmt::format("the entity {} stands for markup, which is not read", excerpt(name, 40)));
    expanded_ += expansion.bytes;
    if (expanded_ > kFreeExpansion + kExpansionFactor * bytes_)
      throw error_at(text.data() + at, ErrorCode::Limit,
                     "entities make the document too much longer than it is");
  }
}

XmlScanner::Expansion XmlScanner::expansion_of(std::string_view name, int depth,
                                               std::string_view reference) {
  const auto fail = [&](std::string_view what) {
    throw error_at(reference.data(), ErrorCode::Invalid,
                   fmt::format("the entity {} {}", excerpt(name, 40), what));
  };
  if (depth > kDeepestEntity) fail("refers to itself or to too many others");
  const auto found = entities_.find(name);
  if (found == entities_.end()) fail("is not declared");
  Entity& entity = found->second;
  if (entity.is_external) fail("is in another file, which is not read");
  if (entity.expansion) return *entity.expansion;
  const std::string_view value = entity.value;
  Expansion all{value.size(), value.find('<') != std::string_view::npos};
  for (std::size_t at = 0; (at = value.find('&', at)) != std::string_view::npos; ++at) {
    const std::string_view inner = value.substr(at + 1, value.find(';', at) - at - 1);
    if (is_predefined(inner)) continue;
    if (inner.starts_with('#')) {
      all.has_markup = all.has_markup || becomes_markup(inner.substr(1));
      continue;
    }
    const Expansion one = expansion_of(inner, depth + 1, reference);
    all.bytes = std::min(all.bytes + one.bytes, kEndless);
    all.has_markup = all.has_markup || one.has_markup;
  }
  entity.expansion = all;
  return all;
}

Error XmlScanner::error_here(ErrorCode code, const std::string& what) const {
  return error_at(buffer_.data() + markup_, code, what);
}

Error XmlScanner::error_at(const char* at, ErrorCode code, const std::string& what) const {
  const std::string_view before(buffer_.data() + begin_,
                                static_cast<std::size_t>(at - buffer_.data()) - begin_);
  const auto breaks = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::string_view line = before.substr(before.rfind('\n') + 1);
  const std::size_t column =
      (is_utf8_ ? count_code_points(line) : line.size()) + (breaks == 0 ? column_ : 1);
  return {code,
          fmt::format("{}, line {}, column {}: {}", input_.name(), line_ + breaks, column, what),
          Position(static_cast<int>(line_ + breaks), static_cast<int>(column))};
}

}  // namespace tripten
