// The bytes of a term: how terms are sorted, stored in the dictionary and looked up.
//
//   IRI              0x02 iri
//   xsd:string       0x03 lexical form
//   rdf:langString   0x04 lexical form  0x00  language tag
//   other literal    0x05 lexical form  0x00  datatype IRI
//
// Blank nodes have no entry: their ids are numbers. The last 0x00 separates, since neither tags nor
// IRIs can hold one. The order of the bytes is the order of terms inside a dictionary run: IRIs,
// then strings, tagged and typed literals, each by its lexical form in code point order. The first
// byte is the IdKind of the entry (storage/term_id.h). Language tags have one spelling
// (rdf/language_tag.h), so that terms whose tags differ in case alone are one entry.
#pragma once

#include <string>
#include <string_view>

#include "rdf/statement.h"

namespace tripten {

/// Appends the encoded term. Blank nodes and unbound terms have no encoding: Internal.
void append_encoded(const TermView& term, std::string& out);

/// Views into `encoded`. Anything that append_encoded() can't have written throws Corrupt.
TermView decode_term(std::string_view encoded);

}  // namespace tripten
