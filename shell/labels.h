// Labels: what the data calls its IRIs, for tables and pictures.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/tripten.h"

namespace tripten::shell {

/// Answers a query of the shell's own: from the database, or the transaction that is open.
using Ask = std::function<Result(std::string_view sparql)>;

/// Languages of labels, the best first: those of the environment (LC_ALL, LC_MESSAGES, LANG), then
/// English.
std::vector<std::string> preferred_languages();

/// What each term is called, or nothing: by its rdfs:label, or else skos:prefLabel, dcterms:title,
/// dc:title, schema:name or foaf:name; of these in the first of `languages` that it has, or without
/// a language, or in any; of several the first by code points. A term that is no IRI has none.
std::vector<std::string> labels_of(const std::vector<Term>& terms, const Ask& ask,
                                   const std::vector<std::string>& languages);

/// For queries: `<iri> <iri> ...` of those of the terms from `first` on that SPARQL can name, at
/// most `most` terms.
std::string iris_for_values(const std::vector<Term>& terms, std::size_t first, std::size_t most);

}  // namespace tripten::shell
