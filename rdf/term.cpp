// Term: construction and text. Views and conversions are in term_view.cpp.
#include "tripten/term.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ostream>

#include "rdf/language_tag.h"
#include "rdf/statement.h"
#include "rdf/vocabulary.h"
#include "rdf/writer.h"

namespace tripten {
namespace {

/// XSD 1.0 §3.2.5.2: one digit other than 0 before the point (unless the value is 0), at least one
/// behind it, E, an exponent without plus and leading zeros; the fewest digits that round-trip.
std::string canonical_double(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  std::string out(text.substr(0, e));
  if (out.find('.') == std::string::npos) out += ".0";
  int exponent = 0;
  const std::size_t digits = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + digits, end, exponent);
  return out + 'E' + std::to_string(exponent);
}

}  // namespace

Term Term::iri(std::string_view text) {
  Term term;
  term.kind_ = TermKind::Iri;
  term.value_ = text;
  return term;
}

Term Term::blank(std::string_view label) {
  Term term;
  term.kind_ = TermKind::Blank;
  term.value_ = label;
  return term;
}

Term Term::literal(std::string_view lexical) {
  Term term;
  term.kind_ = TermKind::Literal;
  term.value_ = lexical;
  return term;
}

Term Term::typed(std::string_view lexical, std::string_view datatype) {
  Term term = literal(lexical);
  if (datatype != kXsdString) term.qualifier_ = datatype;
  return term;
}

Term Term::tagged(std::string_view lexical, std::string_view language) {
  Term term = literal(lexical);
  term.tagged_ = true;
  append_language_tag(language, term.qualifier_);
  return term;
}

Term Term::integer(std::int64_t value) {
  return typed(std::to_string(value), kXsdInteger);
}
Term Term::number(double value) {
  return typed(canonical_double(value), kXsdDouble);
}
Term Term::boolean(bool value) {
  return typed(value ? "true" : "false", kXsdBoolean);
}

std::string_view Term::datatype() const {
  if (kind_ != TermKind::Literal) return {};
  if (tagged_) return kRdfLangString;
  return qualifier_.empty() ? kXsdString : std::string_view(qualifier_);
}

std::string Term::to_string() const {
  std::string out;
  append_ntriples(view_of(*this), out);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Term& term) {
  return out << term.to_string();
}

}  // namespace tripten
