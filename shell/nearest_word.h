// What somebody meant who misspelt a word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tripten::shell {

/// The word nearest to `word` by Damerau's distance of neighbours (CACM 7(3), 1964), case left out;
/// empty where none is near: a third of the letters may differ.
std::string nearest_word(std::string_view word, const std::vector<std::string_view>& words);

}  // namespace tripten::shell
