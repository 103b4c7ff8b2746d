// SourceText: what the lexer reads, and where each of its places was in the text that the user
// wrote.
//
// Before the grammar sees a text, `{{name}}` placeholders are replaced (query/parse/placeholders.h)
// and `\u` escapes resolved (SPARQL 1.1 §19.2). Both move what follows on the line.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"

namespace tripten {

class SourceText {
 public:
  /// A text as it is, whose first line has a number.
  explicit SourceText(std::string_view text, int first_line = 1)
      : text_(text),
        first_line_(first_line) {}
  /// An empty text, to be built from `before`, whose own changes stay known.
  static SourceText rewriting(SourceText before);

  const std::string& text() const { return text_; }
  /// The place in the user's text of a line and column of text(), both from 1.
  Position original(Position place) const;

  /// The place in the user's text of a place in the text that this one rewrites.
  Position original_of_before(Position place) const;

  /// Appends `piece`, which stood as it is in the user's text.
  void append(std::string_view piece);
  /// Appends `now` for what was `before`. Neither holds a line break.
  void append_changed(std::string_view now, std::string_view before);

 private:
  SourceText() = default;

  /// From this column of the line on, columns were `shift` larger in the user's text.
  struct Edit {
    int line, column, shift;
  };

  std::shared_ptr<const SourceText> before_{};
  std::string text_{};
  int first_line_ = 1;         // of a text that rewrites none
  std::vector<Edit> edits_{};  // by line, then column
  int line_ = 1, column_ = 1;  // of the end of text_
  int shift_ = 0;              // of the line at hand
};

/// The lines and columns, in code points, of offsets in bytes that never fall.
class PlaceCursor {
 public:
  explicit PlaceCursor(std::string_view text) : text_(text) {}
  Position at(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  Position place_{1, 1};
};

Position place_at(std::string_view text, std::size_t offset);

/// Resolves \uXXXX and \UXXXXXXXX anywhere in the text. Syntax for an escape that is cut short or
/// names no code point.
SourceText resolve_codepoint_escapes(SourceText source);

}  // namespace tripten
