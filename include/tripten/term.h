// Term: a node of an RDF graph (RDF 1.1 Concepts §3), or nothing.
//
//   Term gene = Term::iri("https://identifiers.org/ncbigene/5728");
//   Term label = Term::literal("PTEN");
//   if (row["year"]) std::cout << row["year"].value();
#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace tripten {

enum class TermKind : std::uint8_t { Unbound, Blank, Iri, Literal };

/// A value of its own: copied, compared and kept as long as its owner likes. Immutable.
/// Equality is identity of terms (RDF 1.1 Concepts §3.3): "01"^^xsd:integer is not
/// "1"^^xsd:integer.
class Term {
 public:
  /// The absence of a term, as an OPTIONAL leaves it.
  Term() = default;

  /// `text` is an absolute IRI, without angle brackets. It is not checked here.
  static Term iri(std::string_view text);
  /// `label` comes without `_:`.
  static Term blank(std::string_view label);
  /// A simple literal: its datatype is xsd:string.
  static Term literal(std::string_view lexical);
  /// A literal of any datatype (an IRI). xsd:string gives a simple literal.
  static Term typed(std::string_view lexical, std::string_view datatype);
  /// A language-tagged string. The tag's case doesn't count; it becomes RFC 5646's: en, en-GB.
  static Term tagged(std::string_view lexical, std::string_view language);
  /// Literals of xsd:integer, xsd:double and xsd:boolean in their canonical form.
  static Term integer(std::int64_t value);
  static Term number(double value);
  static Term boolean(bool value);

  explicit operator bool() const { return kind_ != TermKind::Unbound; }
  TermKind kind() const { return kind_; }
  bool is_iri() const { return kind_ == TermKind::Iri; }
  bool is_blank() const { return kind_ == TermKind::Blank; }
  bool is_literal() const { return kind_ == TermKind::Literal; }

  /// The IRI, the blank node's label, or the literal's lexical form; empty when unbound.
  const std::string& value() const { return value_; }
  /// The datatype's IRI of a literal (xsd:string and rdf:langString included), else empty.
  std::string_view datatype() const;
  /// The language tag of a language-tagged string, else empty.
  std::string_view language() const { return tagged_ ? std::string_view(qualifier_) : ""; }

  /// The term as N-Triples writes it (`<iri>`, `_:b`, `"x"@en`); empty when unbound.
  std::string to_string() const;

  friend bool operator==(const Term&, const Term&) = default;
  /// A total order for containers: unbound, blank nodes, IRIs, literals; then by bytes.
  friend std::strong_ordering operator<=>(const Term&, const Term&) = default;

 private:
  // kind_ Literal: qualifier_ is the language tag when tagged_, else the datatype's IRI, empty for
  // xsd:string. Other kinds leave both at their defaults.
  TermKind kind_ = TermKind::Unbound;
  std::string value_{};
  bool tagged_ = false;
  std::string qualifier_{};
};

/// Writes to_string().
std::ostream& operator<<(std::ostream& out, const Term& term);

}  // namespace tripten
