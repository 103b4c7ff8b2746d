// `{{name}}` placeholders: texts that a caller puts into a query without being able to change what
// the query is.
//
// A value goes in where its placeholder stands:
//   inside an IRI or a prefixed name   only characters of one; anything else is Invalid
//   inside a string                    escaped
//   anywhere else                      exactly one term: a number, <iri>, prefix:name or "literal"
//                                      as it is; any other text as a string
// A comment `# param: name|string|default|label`, or with `enum:A=Label,B=Label` in place of
// `string`, declares a placeholder: its default, and the values that it may have. `# param: name
// default` is a short form. In comments nothing is replaced.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/algebra/query.h"
#include "query/parse/source_text.h"

namespace tripten {

/// A note for each name, where it stands first, goes to `notes`.
SourceText fill_placeholders(SourceText source, const std::map<std::string, std::string>& values,
                             std::vector<Leniency>& notes);

/// Whether the text has a placeholder of that name outside comments.
bool has_placeholder(std::string_view text, std::string_view name);

/// The names of the placeholders outside comments, each once, in the order of the text.
std::vector<std::string> names_of_placeholders(std::string_view text);

/// A value as the text of exactly one term.
std::string term_text(std::string_view value);

}  // namespace tripten
