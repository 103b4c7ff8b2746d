// Tokens of Turtle, TriG, N-Triples and N-Quads, as far as it takes to find where statements end.
//
// serd parses the statements. What stands here is what serd does not say: where a statement ends
// before all of it has been read, and whether strings, IRIs, escapes and language tags are
// well-formed (RDF 1.1 Turtle §6.4, §6.5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tripten/error.h"

namespace tripten {

enum class TextTokenKind : std::uint8_t {
  Space,       ///< Blanks and tabs; line breaks too, unless they count.
  LineEnd,     ///< One line break, where line breaks count (N-Triples, N-Quads).
  Comment,     ///< From # to the end of the line, without its break.
  Iri,         ///< <...>
  String,      ///< "...", '...', """...""" or '''...'''
  Name,        ///< A prefixed name, a keyword, `a`, `true`.
  Label,       ///< _:label
  Number,      ///< 1, 1.0, 1e0
  At,          ///< @en, @prefix
  Carets,      ///< ^^
  Dot,         ///< The one that ends a statement.
  Comma,       ///< , or ;
  Open,        ///< ( [ {
  Close,       ///< ) ] }
  Unfinished,  ///< The text ends before one can tell.
  Fault        ///< No token begins so.
};

struct TextToken {
  TextTokenKind kind = TextTokenKind::Unfinished;
  std::size_t end = 0;  ///< Offset behind it; of a fault, its place.
  /// Of a fault: a sentence with {} for what stands at its place.
  const char* fault = nullptr;
  ErrorCode code = ErrorCode::Syntax;
};

/// The token at `at`, which is inside `text`. `is_all`: nothing follows the text; else Unfinished
/// where what follows could change the token. `lines_count`: the rules of N-Triples and N-Quads.
TextToken next_text_token(std::string_view text, std::size_t at, bool is_all, bool lines_count);

/// What stands at `at`, for a message: "'foaf:name'", "a line break", "the end of the file".
std::string describe_found(std::string_view text, std::size_t at);

/// Whether the byte can stand in a prefixed name or a label (any byte above 7F can).
bool is_name_byte(char byte);

}  // namespace tripten
