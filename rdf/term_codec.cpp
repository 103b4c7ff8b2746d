// Terms ↔ their bytes in the dictionary.
#include "rdf/term_codec.h"

#include "tripten/error.h"

#include "base/check.h"
#include "rdf/language_tag.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

constexpr char kIri = 2;
constexpr char kString = 3;
constexpr char kTagged = 4;
constexpr char kTyped = 5;
constexpr char kSeparator = 0;

/// The lexical form and the separator before `qualifier`.
void append_before(std::string_view qualifier, char first, const TermView& term, std::string& out) {
  if (qualifier.find(kSeparator) != std::string_view::npos)
    throw Error(ErrorCode::Invalid, "A datatype or language tag can't hold the character U+0000.");
  out += first;
  out += term.value;
  out += kSeparator;
}

[[noreturn]] void throw_corrupt() {
  throw Error(ErrorCode::Corrupt, "The dictionary is damaged: an entry is no term.");
}

}  // namespace

void append_encoded(const TermView& term, std::string& out) {
  if (term.kind == TermKind::Iri) {
    out += kIri;
    out += term.value;
    return;
  }
  check(term.kind == TermKind::Literal, "only IRIs and literals are encoded");
  if (!term.language.empty()) {
    append_before(term.language, kTagged, term, out);
    append_language_tag(term.language, out);
  } else if (!term.datatype.empty() && term.datatype != kXsdString) {
    append_before(term.datatype, kTyped, term, out);
    out += term.datatype;
  } else {
    out += kString;
    out += term.value;
  }
}

TermView decode_term(std::string_view encoded) {
  if (encoded.empty()) throw_corrupt();
  const char first = encoded.front();
  encoded.remove_prefix(1);
  if (first == kIri) return {.kind = TermKind::Iri, .value = encoded};
  if (first == kString) return {.kind = TermKind::Literal, .value = encoded};
  const std::size_t separator = encoded.rfind(kSeparator);
  if ((first != kTagged && first != kTyped) || separator == std::string_view::npos) throw_corrupt();
  TermView term{.kind = TermKind::Literal, .value = encoded.substr(0, separator)};
  const std::string_view qualifier = encoded.substr(separator + 1);
  if (qualifier.empty() || (first == kTyped && qualifier == kXsdString)) throw_corrupt();
  (first == kTagged ? term.language : term.datatype) = qualifier;
  return term;
}

}  // namespace tripten
