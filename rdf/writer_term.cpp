// One term as canonical N-Triples writes it.
//
// In literals \b \t \n \f \r \" \\ stand for their characters, \u00XX for the other control
// characters and U+007F, and everything else for itself (RDF 1.2 N-Triples, "canonical form", which
// is the one of RDF Dataset Canonicalization and valid N-Triples 1.1). IRIs are written as they
// are, but for the bytes that would end them: those become \u00XX.
#include <array>

#include "base/text_search.h"
#include "rdf/writer.h"

namespace tripten {
namespace {

void append_unicode_escape(char byte, std::string& out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out += "\\u00";
  out += kDigits[value >> 4];
  out += kDigits[value & 0xF];
}

using Bytes = std::array<bool, 256>;

/// Characters that an IRI does not hold.
constexpr Bytes kEscapedInIris = [] {
  Bytes bytes{};
  for (std::size_t c = 0; c <= 0x20; ++c)
    bytes[c] = true;
  for (const char c : std::string_view("<>\"{}|^`\\"))
    bytes[static_cast<unsigned char>(c)] = true;
  return bytes;
}();

void append_escaped(char c, std::string& out) {
  switch (c) {
    case '\b':
      out += "\\b";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\r':
      out += "\\r";
      break;
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    default:
      append_unicode_escape(c, out);
  }
}

void append_lexical(std::string_view text, std::string& out) {
  out += '"';
  while (true) {
    const std::size_t plain = plain_bytes(text);
    out.append(text, 0, plain);
    if (plain == text.size()) break;
    append_escaped(text[plain], out);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

/// Copies what needs no escape in pieces as large as they come.
void append_iri(std::string_view iri, std::string& out) {
  out += '<';
  std::size_t plain = 0;  // start of the bytes not yet copied
  for (std::size_t i = 0; i < iri.size(); ++i) {
    if (!kEscapedInIris[static_cast<unsigned char>(iri[i])]) continue;
    out.append(iri, plain, i - plain);
    append_unicode_escape(iri[i], out);
    plain = i + 1;
  }
  out.append(iri, plain);
  out += '>';
}

}  // namespace

void append_ntriples(const TermView& term, std::string& out) {
  switch (term.kind) {
    case TermKind::Unbound:
      return;
    case TermKind::Blank:
      out.append("_:").append(term.value);
      return;
    case TermKind::Iri:
      append_iri(term.value, out);
      return;
    case TermKind::Literal:
      break;
  }
  append_lexical(term.value, out);
  if (!term.language.empty()) {
    (out += '@').append(term.language);
  } else if (!term.datatype.empty()) {
    out += "^^";
    append_iri(term.datatype, out);
  }
}

}  // namespace tripten
