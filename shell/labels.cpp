#include "shell/labels.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <unordered_map>

#include <fmt/format.h>

namespace tripten::shell {

namespace {

constexpr std::size_t kTermsAtOnce = 500;
constexpr std::size_t kMostLabelBytes = 1000;  // the rest of a longer one is not kept

/// Predicates that name things, the best first.
constexpr std::array<std::string_view, 7> kNaming{"http://www.w3.org/2000/01/rdf-schema#label",
                                                  "http://www.w3.org/2004/02/skos/core#prefLabel",
                                                  "http://purl.org/dc/terms/title",
                                                  "http://purl.org/dc/elements/1.1/title",
                                                  "https://schema.org/name",
                                                  "http://schema.org/name",
                                                  "http://xmlns.com/foaf/0.1/name"};

/// Characters that an IRI in SPARQL can't have (production IRIREF).
bool can_be_named(std::string_view iri) {
  return std::all_of(iri.begin(), iri.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7F &&
           std::string_view("<>\"{}|^`\\").find(c) == std::string_view::npos;
  });
}

/// How well a label's language suits; less is better.
std::size_t rank_of(std::string_view tag, const std::vector<std::string>& languages) {
  for (std::size_t i = 0; i < languages.size(); ++i)
    if (tag.starts_with(languages[i]) &&
        (tag.size() == languages[i].size() || tag[languages[i].size()] == '-'))
      return i;
  return languages.size() + (tag.empty() ? 0 : 1);
}

/// The first bytes of a text, whole characters.
std::string begin_of(const std::string& text) {
  std::size_t end = std::min(text.size(), kMostLabelBytes);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return text.substr(0, end);
}

struct Label {
  std::size_t naming, rank;
  std::string text;
  friend auto operator<=>(const Label&, const Label&) = default;
};

}  // namespace

std::vector<std::string> preferred_languages() {
  std::vector<std::string> languages;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || !*value) continue;
    // de_DE.UTF-8 → de; C and POSIX are no languages.
    const std::string_view locale = value;
    const std::string language(locale.substr(0, locale.find_first_of("_.@")));
    if (language.size() == 2 || language.size() == 3) languages.push_back(language);
    break;
  }
  if (languages.empty() || languages[0] != "en") languages.push_back("en");
  return languages;
}

std::string iris_for_values(const std::vector<Term>& terms, std::size_t first, std::size_t most) {
  std::string iris;
  for (std::size_t i = first; i < std::min(first + most, terms.size()); ++i)
    if (terms[i].is_iri() && can_be_named(terms[i].value())) iris += terms[i].to_string() + ' ';
  return iris;
}

std::vector<std::string> labels_of(const std::vector<Term>& terms, const Ask& ask,
                                   const std::vector<std::string>& languages) {
  std::unordered_map<std::string, Label> best;
  for (std::size_t first = 0; first < terms.size(); first += kTermsAtOnce) {
    const std::string iris = iris_for_values(terms, first, kTermsAtOnce);
    if (iris.empty()) continue;
    Result result =
        ask(fmt::format("SELECT ?term ?name ?label {{ VALUES ?term {{ {}}} VALUES ?name {{ <{}> }} "
                        "?term ?name ?label FILTER(isLiteral(?label)) }}",
                        iris, fmt::join(kNaming, "> <")));
    for (const Row& row : result) {
      const auto naming = std::find(kNaming.begin(), kNaming.end(), row[1].value());
      Label label{static_cast<std::size_t>(naming - kNaming.begin()),
                  rank_of(row[2].language(), languages), begin_of(row[2].value())};
      const auto [it, is_new] = best.try_emplace(row[std::size_t{0}].value(), label);
      if (!is_new && label < it->second) it->second = std::move(label);
    }
  }
  std::vector<std::string> labels(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i)
    if (const auto it = best.find(terms[i].value()); terms[i].is_iri() && it != best.end())
      labels[i] = it->second.text;
  return labels;
}

}  // namespace tripten::shell
