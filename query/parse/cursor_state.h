// CursorState: what the grammar and the text itself know about a place in a text that is being
// typed.
//
// Nothing here needs the text to be right: what stands before the cursor is read as far as it makes
// sense (query/parse/grammar_walk.h), what follows it only tells variables and triples.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tripten {

/// What a name at the cursor would be.
enum class CursorPlace {
  None,  ///< The grammar takes no name here.
  Subject,
  Predicate,
  Object,
  GraphName,    ///< FROM, GRAPH, USING, CLEAR GRAPH, ...
  Service,      ///< An endpoint.
  Expression,   ///< A function's name or a constant.
  Datatype,     ///< Behind `^^`.
  Resource,     ///< Of DESCRIBE and VALUES: any.
  Projection,   ///< SELECT.
  NewVariable,  ///< Behind AS.
  PrefixName,   ///< Behind PREFIX.
  Namespace     ///< The IRI behind PREFIX and BASE.
};

/// A triple pattern by the texts of its terms; empty where it is no single term (a path, a list).
struct OutlinedTriple {
  std::string subject, predicate, object;
  friend bool operator==(const OutlinedTriple&, const OutlinedTriple&) = default;
};

/// A keyword or sign that may come next.
struct ExpectedKeyword {
  std::string text;
  bool is_function = false;  ///< Of expressions: a bracket follows.
};

struct CursorState {
  std::size_t from = 0;  ///< The byte where the typed word begins; it ends at the cursor.
  std::string word{};    ///< The part that is typed: `SEL`, `schema:me`, `?ge`, `<http://`, `"PT`.
  bool in_string = false;  ///< The word is a string without its end, its quote included.
  bool in_comment = false;

  std::vector<ExpectedKeyword> keywords{};  ///< The likeliest first.
  std::vector<std::string> signs{};         ///< `{`, `;`, ...
  CursorPlace place = CursorPlace::None;
  bool variable = false, name = false, literal = false;  ///< What the grammar takes at the place.

  std::vector<std::string> variables{};  ///< Of the text, with their `?`, the nearest before first.
  std::map<std::string, std::string> prefixes{};  ///< As the text declares them.
  std::vector<OutlinedTriple> triples{};          ///< Of the patterns of the text.
  std::string declared{};  ///< At a Namespace: the prefix that gets it, with its colon.
  std::string compared{};  ///< The variable that gets or is compared with a value: `?year =`.
  std::string subject{}, predicate{};  ///< Of the triple that the cursor is in, as far as typed.
};

/// Text far away from the cursor is not read: 16 KB before and 4 KB behind it are.
CursorState cursor_state(std::string_view text, std::size_t cursor);

}  // namespace tripten
