#include "load/load_part.h"

#include <utility>

#include "rdf/term_codec.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

/// What sorting takes for each term: the sort key and the numbers in order.
constexpr std::size_t kSortedTermBytes = 24;

/// Scope and label: the same node in all parts of a load.
void append_blank(std::uint32_t scope, std::string_view label, std::string& out) {
  out += kEncodedBlank;
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>((scope >> shift) & 0xFF);
  out += label;
}

}  // namespace

void LoadPart::add(const Statement& statement) {
  ++statements_;
  const bool in_default = statement.graph.kind == TermKind::Unbound;
  const TermNumber graph = in_default ? default_graph() : number_of(statement.graph, named_graph_);
  quads_.add({number_of(statement.subject, subject_), number_of(statement.predicate, predicate_),
              number_of(statement.object), graph});
  if (!only_graph_) only_graph_ = graph;
  has_graphs_ = has_graphs_ || *only_graph_ != graph;
}

TermNumber LoadPart::number_of(const TermView& term, Latest& latest) {
  if (term.kind == TermKind::Iri && latest.term == term) return latest.number;
  const TermNumber number = number_of(term);
  latest.bytes = term.value;
  latest.term = {.kind = term.kind, .value = latest.bytes};
  latest.number = number;
  return number;
}

TermNumber LoadPart::default_graph() {
  return graph_ ? number_of(view_of(graph_), named_graph_)
                : kFirstInline + inline_terms_.number(kDefaultGraph);
}

TermNumber LoadPart::number_of(const TermView& term) {
  encoded_.clear();
  if (term.kind == TermKind::Blank) {
    append_blank(scope_, term.value, encoded_);
  } else {
    if (term.kind == TermKind::Literal)
      if (const auto id = inline_id(term)) return kFirstInline + inline_terms_.number(*id);
    append_encoded(term, encoded_);
  }
  return terms_.number(encoded_);
}

std::size_t LoadPart::memory() const {
  return terms_.memory() + terms_.size() * kSortedTermBytes + inline_terms_.memory() +
         quads_.memory();
}

LoadPart::Content LoadPart::take() {
  terms_.finish();
  Content content{std::exchange(terms_, {}), inline_terms_.take_ids(), std::exchange(quads_, {}),
                  has_graphs_ ? std::nullopt : only_graph_};
  inline_terms_ = {};
  only_graph_.reset();
  has_graphs_ = false;
  subject_ = predicate_ = named_graph_ = {};
  return content;
}

}  // namespace tripten
