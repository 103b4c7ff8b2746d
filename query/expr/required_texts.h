// RequiredTexts: what a text must have in it for a regular expression to match.
//
// Searching for a few fixed bytes is many times faster than running an automaton: the texts that
// lack them are not given to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tripten {

class RequiredTexts {
 public:
  /// The pattern as RE2 reads it. Where it is not understood, nothing is required.
  RequiredTexts(std::string_view pattern, bool ignores_case);

  /// False where the pattern certainly matches nowhere in the text.
  bool may_match(std::string_view text) const;
  /// In the order in which they must be there; small letters where case is ignored.
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  void end_text();

  bool ignores_case_;
  std::string current_{};
  std::vector<std::string> texts_{};
};

}  // namespace tripten
