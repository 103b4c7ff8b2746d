// Labels of blank nodes on their way:
//
//   in the text     to serd     from serd     to the sink
//   _:x             _:x         x             x
//   _:b1, _:B1      _:zb1, ...  zb1, ...      b1, B1      (rdf/statement_cutter.h)
//   [ ], ( )                    b7            genid7      (rdf/blank_label.h)
#include "rdf/serd_terms.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "rdf/blank_label.h"
#include "rdf/iri.h"
#include "rdf/statement_cutter.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

std::string_view text_of(const SerdNode& node) {
  return {reinterpret_cast<const char*>(node.buf), node.n_bytes};
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void SerdTerms::set_base(const SerdNode& node) {
  std::string scratch;
  base_ = std::string(iri(node, scratch));
}

void SerdTerms::set_prefix(const SerdNode& name, const SerdNode& node) {
  std::string scratch;
  prefixes_.insert_or_assign(std::string(text_of(name)), std::string(iri(node, scratch)));
}

TermView SerdTerms::view(const SerdNode* node, std::string& scratch) {
  if (!node) return {};
  switch (node->type) {
    case SERD_URI:
      return {.kind = TermKind::Iri, .value = iri(*node, scratch)};
    case SERD_CURIE:
      return {.kind = TermKind::Iri, .value = expanded(text_of(*node), scratch)};
    case SERD_BLANK:
      return {.kind = TermKind::Blank, .value = label(text_of(*node), scratch)};
    case SERD_LITERAL:
      return {.kind = TermKind::Literal, .value = text_of(*node)};
    case SERD_NOTHING:
      break;
  }
  return {};
}

TermView SerdTerms::literal(const SerdNode& node, const SerdNode* datatype,
                            const SerdNode* language, std::string& scratch) {
  TermView term{.kind = TermKind::Literal, .value = text_of(node)};
  if (language) {
    term.language = text_of(*language);
  } else if (datatype) {
    term.datatype = view(datatype, scratch).value;
    if (term.datatype == kXsdString) term.datatype = {};
  }
  return term;
}

std::string_view SerdTerms::iri(const SerdNode& node, std::string& scratch) const {
  const std::string_view text = text_of(node);
  if (is_absolute_iri(text)) return text;
  if (base_.empty())
    throw TermProblem{fmt::format("the relative IRI <{}> has no base", excerpt(text, 60)),
                      fmt::format("<{}", text)};
  return scratch = resolve_iri(text, base_);
}

std::string_view SerdTerms::expanded(std::string_view name, std::string& scratch) const {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos)  // serd takes any word for a subject
    throw TermProblem{"expected a term, found {}", std::string(name)};
  const std::string_view prefix = name.substr(0, colon);
  const auto declared = prefixes_.find(prefix);
  if (declared == prefixes_.end()) {
    std::vector<std::string> names;
    for (const auto& [known, iri] : prefixes_)
      names.push_back(known);
    const std::optional<std::string> near = nearest_name(prefix, names);
    throw TermProblem{fmt::format("prefix {}: is not declared{}", excerpt(prefix, 60),
                                  near ? fmt::format(" (did you mean {}:?)", *near) : ""),
                      fmt::format("{}:", prefix)};
  }
  scratch = declared->second;
  return scratch.append(name.substr(colon + 1));
}

std::string_view SerdTerms::label(std::string_view text, std::string& scratch) {
  if (generates_ && text.starts_with('b') && is_digits(text.substr(1))) {
    std::uint64_t number = 0;
    std::from_chars(text.data() + 1, text.data() + text.size(), number);
    number += generated_before_;
    generated_ = std::max(generated_, number);
    return scratch = generated_label(number);
  }
  if (generates_ && text.starts_with(kLabelGuard)) text.remove_prefix(kLabelGuard.size());
  return written_label(text, scratch);
}

}  // namespace tripten
