#include "query/guidance/sparql_names.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/utf8.h"
#include "query/parse/parse.h"
#include "rdf/iri.h"
#include "rdf/known_prefixes.h"
#include "rdf/vocabulary.h"
#include "rdf/writer.h"

namespace tripten {

namespace {

/// Letters, digits, `_` and `-`, with dots and colons between: a part of PN_LOCAL ([169]) that
/// needs no escapes.
bool is_plain_local_name(std::string_view name) {
  if (name.empty() || name.front() == '-' || name.back() == '.') return name.empty();
  if (name.front() == '.') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
           c == ':';
  });
}

/// Controls, and what turns the direction of a line.
bool is_obeyed(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

std::string without_obeyed(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCodePoint decoded = decode_utf8(std::string_view(text).substr(i));
    if (decoded.valid && !is_obeyed(decoded.code_point))
      out.append(text, i, decoded.bytes);
    else
      out += fmt::format("\\u{:04X}", static_cast<std::uint32_t>(decoded.code_point));
    i += decoded.bytes;
  }
  return out;
}

bool is_written_bare(const Term& literal) {
  const std::string& text = literal.value();
  if (text.empty()) return false;
  if (literal.datatype() == kXsdInteger)
    return std::all_of(text.begin() + (text[0] == '-' ? 1 : 0), text.end(),
                       [](unsigned char c) { return std::isdigit(c) != 0; }) &&
           text != "-";
  return literal.datatype() == kXsdBoolean && (text == "true" || text == "false");
}

}  // namespace

SparqlNames::SparqlNames(Prefixes prefixes) : prefixes_(std::move(prefixes)) {
  for (const auto& [prefix, iri] : prefixes_)
    if (!iri.empty()) namespaces_.emplace_back(iri, prefix);
  std::stable_sort(namespaces_.begin(), namespaces_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

SparqlNames SparqlNames::with_known(Prefixes own) {
  own.insert(known_prefixes().begin(), known_prefixes().end());
  return SparqlNames(std::move(own));
}

std::string SparqlNames::iri_text(std::string_view iri) const {
  for (const auto& [name_space, prefix] : namespaces_)
    if (iri.starts_with(name_space) && is_plain_local_name(iri.substr(name_space.size())))
      return fmt::format("{}:{}", prefix, iri.substr(name_space.size()));
  std::string out;
  append_ntriples({.kind = TermKind::Iri, .value = iri}, out);
  return without_obeyed(out);
}

std::string SparqlNames::text(const Term& term) const {
  if (term.is_iri()) return iri_text(term.value());
  if (!term.is_literal()) return term.to_string();
  if (is_written_bare(term)) return term.value();
  std::string out;
  append_ntriples({.kind = TermKind::Literal, .value = term.value(), .language = term.language()},
                  out);
  out = without_obeyed(out);
  const std::string_view type = term.datatype();
  if (term.language().empty() && type != kXsdString) out += "^^" + iri_text(type);
  return out;
}

std::optional<std::string> SparqlNames::expanded(std::string_view prefixed) const {
  const std::size_t colon = prefixed.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto found = prefixes_.find(std::string(prefixed.substr(0, colon)));
  if (found == prefixes_.end()) return std::nullopt;
  std::string iri = found->second;
  for (std::size_t i = colon + 1; i < prefixed.size(); ++i)
    if (prefixed[i] != '\\') iri += prefixed[i];
  return iri;
}

std::optional<Term> SparqlNames::term(std::string_view text) const {
  if (text.empty() || text[0] == '?' || text[0] == '$' || text[0] == '[' || text[0] == '(' ||
      text.starts_with("_:"))
    return std::nullopt;
  if (text == "a") return Term::iri(kRdfType);
  if (text[0] == '<')
    return text.size() > 2 ? std::optional(Term::iri(text.substr(1, text.size() - 2)))
                           : std::nullopt;
  const bool is_value = text[0] == '"' || text[0] == '\'' || text[0] == '+' || text[0] == '-' ||
                        std::isdigit(static_cast<unsigned char>(text[0])) != 0;
  if (!is_value) {
    const std::optional<std::string> iri = expanded(text);
    return iri ? std::optional(Term::iri(*iri)) : std::nullopt;
  }
  try {
    const bool is_prefixed = text.find("^^") != std::string_view::npos;
    return parse_parameter(text, is_prefixed ? prefixes_ : Prefixes());
  } catch (const Error&) {
    return std::nullopt;  // a text that is being typed may be no term yet
  }
}

std::string_view local_name(std::string_view iri) {
  return iri.substr(namespace_of(iri).size());
}

std::string_view namespace_of(std::string_view iri) {
  const std::size_t end = iri.substr(0, iri.empty() ? 0 : iri.size() - 1).find_last_of("#/:");
  return end == std::string_view::npos ? std::string_view() : iri.substr(0, end + 1);
}

}  // namespace tripten
