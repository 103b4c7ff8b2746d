// TripleOutline: the triple patterns of a text, token by token, whether it is finished or not.
//
// Tells which class a variable has, and which subject and predicate a cursor belongs to. Brackets
// and the punctuation of triples (§4.2) are all that it knows; what stands in expressions is no
// triple.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <antlr4-runtime.h>

#include "query/parse/cursor_state.h"

namespace tripten {

class TripleOutline {
 public:
  void take(const antlr4::Token& token);

  /// What is open after the last token.
  std::string subject() const { return open(0); }
  std::string predicate() const { return open(1); }
  const std::vector<OutlinedTriple>& triples() const { return triples_; }

 private:
  /// A pair of brackets that is open.
  struct Level {
    char bracket = 0;  // '{', '[' or '('; 0 outside
    bool triples = false;
    std::vector<std::string> terms{};  // of the triple at hand
    bool path = false;                 // what follows belongs to a path
    std::string node{};                // '[': what stands for it
  };

  std::string open(std::size_t position) const;
  void add_term(std::string text);
  void open_bracket(char bracket);
  void close_bracket(char bracket);
  void sign(const std::string& text);

  std::vector<Level> levels_{Level{}};
  std::vector<OutlinedTriple> triples_{};
  bool values_ = false;     // VALUES came: braces hold data
  bool completes_ = false;  // the next term is the datatype of the last one
  std::size_t nodes_ = 0;
};

}  // namespace tripten
