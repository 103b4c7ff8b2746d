#include "query/guidance/typed_word.h"

#include <algorithm>

#include "base/letter_case.h"
#include "base/text_search.h"
#include "query/guidance/proposals.h"

namespace tripten {

TypedWord::TypedWord(std::string word, const SparqlNames& names)
    : word_(std::move(word)),
      names_(names) {
  if (word_.starts_with('<')) {
    iri_begin_ = word_.substr(1);
  } else if (word_.find(':') != std::string::npos && word_[0] != '"' && word_[0] != '\'') {
    iri_begin_ = names.expanded(word_);
  } else {
    plain_ = !word_.empty() && word_[0] != '"' && word_[0] != '\'' && word_[0] != '?' &&
             word_[0] != '$' && word_[0] != '@';
  }
}

std::vector<std::string> TypedWord::label_beginnings() const {
  const bool is_quoted = word_.starts_with('"') || word_.starts_with('\'');
  const std::string typed = is_quoted ? word_.substr(1) : word_;
  if (typed.empty() || (!is_quoted && !plain_)) return {};
  std::vector<std::string> all{typed};
  if (typed == to_ascii_lower(typed)) {
    std::string capital = typed, capitals = to_ascii_upper(typed);
    capital[0] = to_ascii_upper(capital[0]);
    for (std::string& other : std::vector<std::string>{capital, capitals})
      if (std::find(all.begin(), all.end(), other) == all.end()) all.push_back(std::move(other));
  }
  return all;
}

std::optional<Fit> TypedWord::fits_text(std::string_view text) const {
  if (begins_like(text, word_)) return Fit::Begins;
  if (word_.size() > 2 && find_ignoring_case(text, to_ascii_lower(word_)) != std::string_view::npos)
    return Fit::Contains;
  return std::nullopt;
}

std::optional<Fit> TypedWord::fits_iri(std::string_view iri) const {
  if (word_.empty()) return Fit::Begins;
  if (iri_begin_) return begins_like(iri, *iri_begin_) ? std::optional(Fit::Begins) : std::nullopt;
  if (!plain_) return std::nullopt;
  if (begins_like(names_.iri_text(iri), word_)) return Fit::Begins;
  return fits_text(local_name(iri));
}

std::string TypedWord::written(std::string_view iri) const {
  if (word_.starts_with('<')) return SparqlNames(Prefixes{}).iri_text(iri);
  std::string text = names_.iri_text(iri);
  if (!iri_begin_ || begins_like(text, word_)) return text;
  // Another prefix was typed than the one that the IRI is usually written with.
  const std::string prefix = word_.substr(0, word_.find(':'));
  const auto found = names_.prefixes().find(prefix);
  if (found == names_.prefixes().end()) return text;
  std::string other = SparqlNames(Prefixes{{prefix, found->second}}).iri_text(iri);
  return begins_like(other, word_) ? other : text;
}

}  // namespace tripten
