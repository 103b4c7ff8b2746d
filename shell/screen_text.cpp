#include "shell/screen_text.h"

#include <algorithm>

#include <fmt/format.h>
#include <wchar.h>
#include <wctype.h>

#include "shell/statement_colours.h"
#include "shell/unicode_text.h"

namespace tripten::shell {

namespace {

constexpr std::size_t kTab = 8;
constexpr std::string_view kPromptColour = "\x1b[0;1m";
constexpr std::string_view kMarginColour = "\x1b[0;2m";

/// A colour for every character.
std::vector<Colour> character_colours(std::wstring_view text) {
  const std::string bytes = utf8(text);
  const std::vector<Colour> of_bytes = colours_of(bytes);
  std::vector<Colour> colours;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if ((static_cast<unsigned char>(bytes[i]) & 0xC0) != 0x80) colours.push_back(of_bytes[i]);
  return colours;
}

/// Writes at places, from the top to the bottom.
class Brush {
 public:
  explicit Brush(ScreenPlace cursor) : cursor_(cursor) {
    out_ = "\x1b[?25l";
    if (cursor.row > 0) out_ += fmt::format("\x1b[{}A", cursor.row);
    out_ += '\r';
  }

  void write(ScreenPlace at, std::wstring_view text, std::string_view colour) {
    move(at);
    if (colour != colour_) out_ += colour;
    colour_ = colour;
    out_ += utf8(text);
    column_ += columns_of(text);
  }

  std::string finish() {
    out_ += "\x1b[0m";
    move(cursor_);
    return out_ + "\x1b[?25h";
  }

 private:
  void move(ScreenPlace to) {
    if (to.row > row_) out_ += fmt::format("\r\x1b[{}B", to.row - row_);
    if (to.row < row_) out_ += fmt::format("\r\x1b[{}A", row_ - to.row);
    if (to.row != row_) column_ = 0;
    row_ = to.row;
    if (to.column == column_) return;
    out_ += '\r';
    if (to.column > 0) out_ += fmt::format("\x1b[{}C", to.column);
    column_ = to.column;
  }

  ScreenPlace cursor_;
  std::string out_{};
  std::string_view colour_{};
  std::size_t row_ = 0, column_ = 0;
};

}  // namespace

std::vector<ScreenPlace> screen_places(std::wstring_view text, std::size_t prompt,
                                       std::size_t columns) {
  std::vector<ScreenPlace> places;
  ScreenPlace at{prompt / columns, prompt % columns};
  const auto advance = [&](std::size_t width) {
    at.column += width;
    if (at.column >= columns) at = {at.row + 1, 0};
  };
  for (const wchar_t c : text) {
    const int width = wcwidth(c);
    // A wide character that the row has no room for goes to the next one.
    if (width == 2 && at.column + 2 > columns) at = {at.row + 1, 0};
    places.push_back(at);
    if (c == L'\n') {
      at = {at.row + 1, 0};
    } else if (c == L'\t') {
      do
        advance(1);
      while (at.column % kTab != 0);
    } else if (width > 0) {
      advance(static_cast<std::size_t>(width));
    }
  }
  places.push_back(at);
  return places;
}

std::string coloured(std::wstring_view prompt, std::wstring_view margin, std::wstring_view text,
                     std::size_t cursor, std::size_t columns) {
  const bool shows = std::all_of(text.begin(), text.end(), [](wchar_t c) {
    return c == L'\n' || c == L'\t' || (iswprint(static_cast<wint_t>(c)) && wcwidth(c) > 0);
  });
  if (!shows || prompt.size() >= columns) return "";
  const std::vector<ScreenPlace> places = screen_places(text, prompt.size(), columns);
  const std::vector<Colour> colours = character_colours(text);
  Brush brush(places[cursor]);
  brush.write({0, 0}, prompt, kPromptColour);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == L'\n') {
      if (text.substr(i + 1, margin.size()) == std::wstring(margin.size(), L' ')) {
        brush.write(places[i + 1], margin, kMarginColour);
        i += margin.size();
      }
    } else if (text[i] != L'\t') {
      brush.write(places[i], text.substr(i, 1), sequence_of(colours[i]));
    }
  }
  return brush.finish();
}

}  // namespace tripten::shell
