#include "query/parse/source_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace tripten {

SourceText SourceText::rewriting(SourceText before) {
  SourceText text;
  text.before_ = std::make_shared<const SourceText>(std::move(before));
  return text;
}

Position SourceText::original(Position place) const {
  const auto behind = std::upper_bound(
      edits_.begin(), edits_.end(), place,
      [](const Position& at, const Edit& edit) { return at < Position(edit.line, edit.column); });
  const bool on_line = behind != edits_.begin() && std::prev(behind)->line == place.first;
  const int shift = on_line ? std::prev(behind)->shift : 0;
  const Position mapped{place.first, place.second + shift};
  return before_ ? before_->original(mapped)
                 : Position{mapped.first + first_line_ - 1, mapped.second};
}

Position SourceText::original_of_before(Position place) const {
  return before_ ? before_->original(place) : place;
}

void SourceText::append(std::string_view piece) {
  text_ += piece;
  const std::size_t last_break = piece.rfind('\n');
  if (last_break != std::string_view::npos) {
    line_ += static_cast<int>(std::count(piece.begin(), piece.end(), '\n'));
    column_ = 1;
    shift_ = 0;
    piece.remove_prefix(last_break + 1);
  }
  column_ += static_cast<int>(count_code_points(piece));
}

void SourceText::append_changed(std::string_view now, std::string_view before) {
  const int now_columns = static_cast<int>(count_code_points(now));
  const int before_columns = static_cast<int>(count_code_points(before));
  text_ += now;
  // Places inside the replacement are the place where it begins.
  for (int i = 1; i < now_columns; ++i)
    edits_.push_back({line_, column_ + i, shift_ - i});
  column_ += now_columns;
  shift_ += before_columns - now_columns;
  edits_.push_back({line_, column_, shift_});
}

Position PlaceCursor::at(std::size_t offset) {
  const std::string_view passed = text_.substr(at_, offset - at_);
  const std::size_t line_start = passed.rfind('\n') + 1;  // npos + 1 is 0
  if (line_start > 0) {
    place_.first += static_cast<int>(std::count(passed.begin(), passed.end(), '\n'));
    place_.second = 1;
  }
  place_.second += static_cast<int>(count_code_points(passed.substr(line_start)));
  at_ = offset;
  return place_;
}

Position place_at(std::string_view text, std::size_t offset) {
  return PlaceCursor(text).at(offset);
}

SourceText resolve_codepoint_escapes(SourceText source) {
  if (const std::string& all = source.text();
      all.find("\\u") == std::string::npos && all.find("\\U") == std::string::npos)
    return source;
  const std::string text_before = source.text();
  const std::string_view text = text_before;
  SourceText resolved = SourceText::rewriting(std::move(source));
  std::size_t copied = 0;
  Position place{1, 1};
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      place = {place.first + 1, 1};
      continue;
    }
    if (c != '\\' || at + 1 >= text.size()) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++place.second;
      continue;
    }
    const char kind = text[at + 1];
    if (kind != 'u' && kind != 'U') {  // another escape, `\\` among them
      place.second += 2;
      ++at;
      continue;
    }
    const std::size_t digits = kind == 'u' ? 4 : 8;
    const std::string_view hex = text.substr(at + 2, digits);
    const bool complete = hex.size() == digits && std::all_of(hex.begin(), hex.end(), [](char h) {
                            return std::isxdigit(static_cast<unsigned char>(h)) != 0;
                          });
    const auto code_point =
        complete ? static_cast<char32_t>(std::stoul(std::string(hex), nullptr, 16)) : 0;
    if (!complete || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
      throw Error(ErrorCode::Syntax, fmt::format("\\{}{} names no character of Unicode", kind, hex),
                  resolved.original_of_before(place));
    resolved.append(text.substr(copied, at - copied));
    std::string character;
    append_utf8(code_point, character);
    resolved.append_changed(character, text.substr(at, digits + 2));
    place.second += static_cast<int>(digits) + 2;
    at += digits + 1;
    copied = at + 1;
  }
  resolved.append(text.substr(copied));
  return resolved;
}

}  // namespace tripten
