#include "query/results/reader_parts.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.h"
#include "rdf/iri.h"
#include "rdf/language_tag.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

constexpr std::size_t kShown = 60;  // code points of a user's word in a message

bool is_word(std::string_view name) {
  return !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '?' || c == '$';
  });
}

}  // namespace

void SolutionRow::add_variable(std::string name) {
  if (!is_word(name))
    throw place_.error(ErrorCode::Invalid,
                       fmt::format("'{}' can't be the name of a variable", excerpt(name, kShown)));
  if (!columns_.try_emplace(name, variables_.size()).second)
    throw place_.error(ErrorCode::Invalid,
                       fmt::format("the variable '{}' is there twice", excerpt(name, kShown)));
  variables_.push_back(std::move(name));
  terms_.emplace_back();
}

void SolutionRow::bind(const std::string& variable, Term term) {
  const auto column = columns_.find(variable);
  if (column == columns_.end())
    throw place_.error(ErrorCode::Invalid,
                       fmt::format("'{}' is bound, but it is no variable of the document's head",
                                   excerpt(variable, kShown)));
  Term& bound = terms_[column->second];
  if (bound)
    throw place_.error(ErrorCode::Invalid, fmt::format("'{}' is bound twice in one solution",
                                                       excerpt(variable, kShown)));
  bound = std::move(term);
}

void SolutionRow::give_to(SolutionSink& sink) {
  sink.row(terms_);
  std::fill(terms_.begin(), terms_.end(), Term());
}

Term checked_iri(std::string_view iri, const Place& place) {
  if (!is_absolute_iri(iri))
    throw place.error(ErrorCode::Invalid,
                      fmt::format("the IRI <{}> is not absolute", excerpt(iri, kShown)));
  if (!has_iri_characters(iri))
    throw place.error(
        ErrorCode::Invalid,
        fmt::format("the IRI <{}> holds a character that no IRI can hold", excerpt(iri, kShown)));
  return Term::iri(iri);
}

Term checked_blank(std::string_view label, const Place& place) {
  if (label.empty()) throw place.error(ErrorCode::Invalid, "a blank node has no label");
  return Term::blank(label);
}

Term checked_literal(std::string_view lexical, std::string_view datatype, std::string_view language,
                     const Place& place) {
  if (!language.empty()) {
    if (!is_language_tag(language))
      throw place.error(ErrorCode::Invalid,
                        fmt::format("'{}' is no language tag", excerpt(language, kShown)));
    if (!datatype.empty() && datatype != kRdfLangString)
      throw place.error(ErrorCode::Invalid,
                        fmt::format("a literal has both the language {} and the datatype <{}>",
                                    excerpt(language, kShown), excerpt(datatype, kShown)));
    return Term::tagged(lexical, language);
  }
  if (datatype.empty()) return Term::literal(lexical);
  if (datatype == kRdfLangString)
    throw place.error(ErrorCode::Invalid, "a literal of rdf:langString has no language");
  return Term::typed(lexical, checked_iri(datatype, place).value());
}

}  // namespace tripten
