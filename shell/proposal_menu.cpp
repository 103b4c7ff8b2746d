#include "shell/proposal_menu.h"

#include <algorithm>

#include <fmt/format.h>

#include "shell/statement_colours.h"
#include "shell/unicode_text.h"

namespace tripten::shell {

namespace {

std::string back_to(ScreenPlace cursor, std::size_t rows_up) {
  std::string text;
  if (rows_up > 0) text += fmt::format("\x1b[{}A", rows_up);
  text += '\r';
  if (cursor.column > 0) text += fmt::format("\x1b[{}C", cursor.column);
  return text;
}

std::string line_of(const Choices::Choice& choice, std::size_t width, std::size_t columns,
                    bool is_chosen) {
  const std::wstring text = cut_to(wide(choice.text), width);
  const std::wstring padding(width - columns_of(text), L' ');
  const std::size_t left = columns > width + 6 ? columns - width - 6 : 0;
  const std::wstring note = cut_to(wide(choice.note), left);
  if (!wants_colours())
    return fmt::format("{} {}{}  {}", is_chosen ? ">" : " ", utf8(text), utf8(padding), utf8(note));
  return fmt::format("{}  {}{}\x1b[0m  \x1b[2m{}\x1b[0m", is_chosen ? "\x1b[7m" : "", utf8(text),
                     utf8(padding), utf8(note));
}

}  // namespace

std::string common_beginning(const std::vector<Choices::Choice>& choices) {
  if (choices.empty()) return "";
  std::string common = choices[0].text;
  for (const Choices::Choice& choice : choices) {
    const auto [end, other] =
        std::mismatch(common.begin(), common.end(), choice.text.begin(), choice.text.end());
    common.erase(end, common.end());
  }
  // Not the half of a character.
  while (!common.empty() && wide(common).back() == 0xFFFD)
    common.pop_back();
  return common;
}

std::string menu_text(const std::vector<Choices::Choice>& choices, std::size_t chosen,
                      ScreenPlace cursor, std::size_t rows_below, std::size_t columns,
                      std::size_t most) {
  const std::size_t shown = std::min(choices.size(), std::max<std::size_t>(most, 1));
  const std::size_t at = chosen < choices.size() ? chosen : 0;
  const std::size_t first = at < shown ? 0 : at - shown + 1;
  std::size_t width = 0;
  for (std::size_t i = first; i < first + shown; ++i)
    width = std::max(width, columns_of(wide(choices[i].text)));
  width = std::min(width, columns * 2 / 3);
  std::string text = "\x1b[?25l";
  if (rows_below > 0) text += fmt::format("\x1b[{}B", rows_below);
  std::size_t rows = rows_below;
  const auto add = [&](const std::string& line) {
    text += "\r\n\x1b[K" + line;
    ++rows;
  };
  for (std::size_t i = first; i < first + shown; ++i)
    add(line_of(choices[i], width, columns, i == chosen));
  if (shown < choices.size()) add(fmt::format("  … {} in all", choices.size()));
  return text + back_to(cursor, rows) + "\x1b[?25h";
}

std::string menu_removal(ScreenPlace cursor, std::size_t rows_below) {
  return fmt::format("\x1b[{}B\r\x1b[J", rows_below + 1) + back_to(cursor, rows_below + 1);
}

}  // namespace tripten::shell
