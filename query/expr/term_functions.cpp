// Functions on RDF terms (§17.4.2) but BNODE.
#include <algorithm>
#include <random>

#include <fmt/format.h>

#include "query/expr/node.h"
#include "rdf/iri.h"
#include "rdf/vocabulary.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

TermKind kind_of(Operand& operand) {
  if (operand.value().number() || operand.id().is_inline()) return TermKind::Literal;
  if (operand.id().is_iri()) return TermKind::Iri;
  if (operand.id().is_blank()) return TermKind::Blank;
  if (operand.id().in_dictionary()) return TermKind::Literal;
  return operand.term().kind;
}

template <TermKind kind>
Value is_kind(Frame&, std::span<Operand> arguments) {
  return Frame::boolean(kind_of(arguments[0]) == kind);
}

Value is_numeric(Frame&, std::span<Operand> arguments) {
  const IdKind kind = arguments[0].id().kind();
  if (kind == IdKind::String || kind == IdKind::Tagged) return Frame::boolean(false);
  return Frame::boolean(kind_of(arguments[0]) == TermKind::Literal &&
                        arguments[0].number() != nullptr);
}

Value str(Frame& frame, std::span<Operand> arguments) {
  // A simple literal is its own string.
  if (arguments[0].id().kind() == IdKind::String) return arguments[0].value();
  const TermView& term = arguments[0].term();
  if (term.kind == TermKind::Blank) return {};
  if (term.kind == TermKind::Literal && term.datatype.empty() && term.language.empty())
    return arguments[0].value();
  if (arguments[0].has_lasting_bytes()) return frame.lasting_string(term.value);
  return frame.string(term.value);
}

Value lang(Frame& frame, std::span<Operand> arguments) {
  // Only tagged literals, and terms of this query, have to be looked at.
  const TermId id = arguments[0].id();
  if (id.is_inline() || id.kind() == IdKind::String || id.kind() == IdKind::Typed)
    return frame.lasting_string({});
  if (id.is_iri() || id.is_blank()) return {};
  const TermView& term = arguments[0].term();
  return term.kind == TermKind::Literal ? frame.string(term.language) : Value();
}

Value datatype(Frame& frame, std::span<Operand> arguments) {
  const TermId id = arguments[0].id();
  if (id.is_iri() || id.is_blank()) return {};
  const auto iri_of = [&](std::string_view known) {
    return frame.term({.kind = TermKind::Iri, .value = known});
  };
  if (id.is_inline()) return iri_of(inline_datatype(id));
  if (id.kind() == IdKind::String) return iri_of(kXsdString);
  if (id.kind() == IdKind::Tagged) return iri_of(kRdfLangString);
  const TermView& term = arguments[0].term();
  if (term.kind != TermKind::Literal) return {};
  std::string_view iri = term.datatype;
  if (!term.language.empty())
    iri = kRdfLangString;
  else if (iri.empty())
    iri = kXsdString;
  return frame.term({.kind = TermKind::Iri, .value = iri});
}

Value iri(Frame& frame, std::span<Operand> arguments) {
  if (kind_of(arguments[0]) == TermKind::Iri) return arguments[0].value();
  const auto text = arguments[0].simple_string();
  if (!text || !has_iri_characters(*text)) return {};
  const std::string& base = frame.context().base;
  if (is_absolute_iri(*text)) return frame.term({.kind = TermKind::Iri, .value = *text});
  if (base.empty()) return {};
  const std::string resolved = resolve_iri(*text, base);
  return frame.term({.kind = TermKind::Iri, .value = resolved});
}

Value str_dt(Frame& frame, std::span<Operand> arguments) {
  const auto lexical = arguments[0].simple_string();
  if (!lexical || kind_of(arguments[1]) != TermKind::Iri) return {};
  const std::string_view datatype_iri = arguments[1].term().value;
  if (datatype_iri == kRdfLangString) return {};
  return frame.term({.kind = TermKind::Literal,
                     .value = *lexical,
                     .datatype = datatype_iri == kXsdString ? std::string_view() : datatype_iri});
}

bool is_language_tag(std::string_view tag) {
  return !tag.empty() && tag.front() != '-' && tag.back() != '-' &&
         std::all_of(tag.begin(), tag.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

Value str_lang(Frame& frame, std::span<Operand> arguments) {
  const auto lexical = arguments[0].simple_string();
  const auto tag = arguments[1].simple_string();
  return lexical && tag && is_language_tag(*tag) ? frame.tagged(*lexical, *tag) : Value();
}

/// Random UUIDs (RFC 4122 §4.4).
class UuidMaker {
 public:
  std::string next() {
    std::uint64_t high = random_(), low = random_();
    high = (high & 0xFFFFFFFFFFFF0FFFu) | 0x4000u;
    low = (low & 0x3FFFFFFFFFFFFFFFu) | 0x8000000000000000u;
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xFFFF,
                       high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFFu);
  }

 private:
  std::mt19937_64 random_ = [] {
    std::random_device device;
    std::seed_seq words{device(), device(), device(), device()};
    return std::mt19937_64(words);
  }();
};

}  // namespace

FunctionTraits term_function(Function function) {
  switch (function) {
    case Function::IsIri:
      return {is_kind<TermKind::Iri>};
    case Function::IsBlank:
      return {is_kind<TermKind::Blank>};
    case Function::IsLiteral:
      return {is_kind<TermKind::Literal>};
    case Function::IsNumeric:
      return {is_numeric, Reads::Typed};
    case Function::Str:
      return {str, Reads::Terms};
    case Function::Lang:
      return {lang, Reads::Tagged};
    case Function::Datatype:
      return {datatype, Reads::Typed};
    case Function::Iri:
      return {iri, Reads::Strings};
    case Function::StrDt:
      return {str_dt, Reads::Terms};
    case Function::StrLang:
      return {str_lang, Reads::Strings};
    case Function::Uuid:
      return {[maker = UuidMaker()](Frame& frame, std::span<Operand>) mutable {
        const std::string text = "urn:uuid:" + maker.next();
        return frame.term({.kind = TermKind::Iri, .value = text});
      }};
    case Function::StrUuid:
      return {[maker = UuidMaker()](Frame& frame, std::span<Operand>) mutable {
        return frame.string(maker.next());
      }};
    default:
      return {};
  }
}

}  // namespace tripten
