// TypedWord: how well a name of the data fits what was typed of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/guidance/sparql_names.h"

namespace tripten {

/// How the fit ranks: names that begin so come before those that hold it.
enum class Fit { Begins, Contains };

class TypedWord {
 public:
  TypedWord(std::string word, const SparqlNames& names);

  const std::string& text() const { return word_; }
  bool empty() const { return word_.empty(); }
  /// The beginning of an IRI: behind `<`, or what a prefixed name stands for; nothing for a word.
  const std::optional<std::string>& iri_begin() const { return iri_begin_; }
  /// A word without colon, `<` or quote: of a label or of a local name.
  bool is_plain() const { return plain_; }
  /// What labels may begin with: the word as typed and, where it is all in small letters, with a
  /// capital and in capitals; without the quote of a string.
  std::vector<std::string> label_beginnings() const;

  std::optional<Fit> fits_iri(std::string_view iri) const;
  std::optional<Fit> fits_text(std::string_view text) const;
  /// The IRI as it is written in the place of the word.
  std::string written(std::string_view iri) const;

 private:
  std::string word_;
  const SparqlNames& names_;
  bool plain_ = false;
  std::optional<std::string> iri_begin_{};
};

}  // namespace tripten
