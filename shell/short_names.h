// ShortNames: IRIs as prefixed names, for a person's eyes.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tripten/term.h"

namespace tripten::shell {

/// Immutable.
class ShortNames {
 public:
  /// Known prefixes, and these, which go before them.
  explicit ShortNames(const std::map<std::string, std::string>& prefixes);

  /// `ncbigene:5728`, `<http://ex.org/a/b>`, a literal as it is written in SPARQL; without control
  /// characters.
  std::string of(const Term& term) const;

 private:
  std::map<std::string, std::string> prefixes_;
};

/// The text with a blank in place of every control character.
std::string printable(std::string_view text);

}  // namespace tripten::shell
