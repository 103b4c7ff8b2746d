// ScreenText: where the characters of an edited text stand on the screen.
//
// The editor library breaks lines as a terminal does: at the right edge, and at line breaks; a tab
// goes to the next multiple of eight columns. It draws characters without colours; the same
// characters are drawn over them with colours, so that its idea of the screen stays true.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tripten::shell {

struct ScreenPlace {
  std::size_t row = 0, column = 0;  ///< From where the prompt begins.
};

/// The place of every character, and of what would follow the last one. `prompt` is the columns
/// before the text.
std::vector<ScreenPlace> screen_places(std::wstring_view text, std::size_t prompt,
                                       std::size_t columns);

/// What to write to a terminal whose cursor stands at the place of `cursor`, so that the prompt and
/// the text appear in colours, and the cursor is where it was. `margin` is what stands at the
/// beginning of each line but the first, in place of as many blanks. Empty where the text has
/// characters that don't show as themselves.
std::string coloured(std::wstring_view prompt, std::wstring_view margin, std::wstring_view text,
                     std::size_t cursor, std::size_t columns);

}  // namespace tripten::shell
