// TermId: 64 bits that stand for one RDF term.
//
//    63    60 59                                                            0
//   +--------+---------------------------------------------------------------+
//   |  kind  |                            payload                            |
//   +--------+---------------------------------------------------------------+
//
// Two ids are equal exactly when their terms are the same term. Kinds 2 to 5 are entries of the
// dictionary: the payload is the entry's number, and numbers given by one load are in the order of
// the encoded terms (rdf/term_codec.h). Kinds 6 to 13 hold a literal's value in the id itself, and
// only when the literal's lexical form can be told from the value: the canonical form and, for
// doubles, the plain one; inside one such kind ids order as values do (storage/inline_term.h has
// the layouts). Kind 15 never leaves a running query.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace tripten {

enum class IdKind : std::uint8_t {
  Special = 0,  ///< 0: unbound; 1: the default graph.
  Blank = 1,    ///< Blank node: a number that the database never gives twice.
  Iri = 2,      ///< Dictionary: IRI.
  String = 3,   ///< Dictionary: xsd:string.
  Tagged = 4,   ///< Dictionary: rdf:langString.
  Typed = 5,    ///< Dictionary: any other literal.
  Boolean = 6,
  Integer = 7,
  Decimal = 8,
  Double = 9,
  Date = 10,
  DateTime = 11,
  GYear = 12,
  PlainDouble = 13,  ///< A double written as a decimal: 0.25, -3.0, 12.
  Local = 15         ///< A term that a query computed and the database does not have.
};

class TermId {
 public:
  static constexpr int kPayloadBits = 60;
  static constexpr std::uint64_t kPayloadMask = (std::uint64_t{1} << kPayloadBits) - 1;

  constexpr TermId() = default;  ///< Unbound.
  constexpr explicit TermId(std::uint64_t bits) : bits_(bits) {}
  constexpr TermId(IdKind kind, std::uint64_t payload)
      : bits_((static_cast<std::uint64_t>(kind) << kPayloadBits) | (payload & kPayloadMask)) {}

  constexpr std::uint64_t bits() const { return bits_; }
  constexpr IdKind kind() const { return static_cast<IdKind>(bits_ >> kPayloadBits); }
  constexpr std::uint64_t payload() const { return bits_ & kPayloadMask; }

  constexpr explicit operator bool() const { return bits_ != 0; }
  constexpr bool is_iri() const { return kind() == IdKind::Iri; }
  constexpr bool is_blank() const { return kind() == IdKind::Blank; }
  /// Whether the id names an entry of the dictionary.
  constexpr bool in_dictionary() const { return kind() >= IdKind::Iri && kind() <= IdKind::Typed; }
  /// Whether the term can be told from the id alone.
  constexpr bool is_inline() const {
    return kind() >= IdKind::Boolean && kind() <= IdKind::PlainDouble;
  }

  friend constexpr bool operator==(TermId, TermId) = default;
  friend constexpr auto operator<=>(TermId, TermId) = default;

 private:
  std::uint64_t bits_ = 0;
};

constexpr TermId kUnbound{};
constexpr TermId kDefaultGraph{IdKind::Special, 1};

}  // namespace tripten

template <>
struct std::hash<tripten::TermId> {
  std::size_t operator()(tripten::TermId id) const noexcept {
    // The finalizer of MurmurHash3 (public domain): every input bit reaches every output bit.
    std::uint64_t x = id.bits();
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
  }
};
