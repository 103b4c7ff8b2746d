// The usual mistakes of those who learn SPARQL, told in a few words behind an error.
//
//   expected ')', found 'AND' (and is written &&)
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <antlr4-runtime.h>

#include "query/parse/source_text.h"

namespace tripten {

/// A token that the grammar does not take, and what stands around it.
struct WrongToken {
  const antlr4::Token* token;   ///< May be the end.
  const antlr4::Token* before;  ///< The token before it, null where there is none.
  std::string_view text;        ///< All that the lexer read.
  std::size_t offset;           ///< Of the token, in bytes.
  const antlr4::misc::IntervalSet& expected;
  std::string_view wanted;  ///< The same in words.
};

/// " (...)", or nothing where the mistake is none of the usual ones.
std::string usual_mistake(const WrongToken& wrong);

/// The innermost bracket that is open at the end, where it stands on another line than the end:
/// " (the { of line 1, column 11 has no end)".
std::string open_bracket(const std::vector<antlr4::Token*>& tokens, const SourceText& source);

}  // namespace tripten
