// Update requests (SPARQL 1.1 Update §3, §4).
#include <algorithm>

#include <fmt/format.h>

#include "query/parse/triple_sink.h"

namespace tripten {

Update Translator::update(Parser::UpdateUnitContext* unit) {
  Update update;
  for (antlr4::tree::ParseTree* child : unit->update()->children) {
    if (auto* declarations = dynamic_cast<Parser::PrologueContext*>(child)) {
      prologue(declarations);
    } else if (auto* one = dynamic_cast<Parser::Update1Context*>(child)) {
      UpdateOperation translated = operation(one);
      translated.place = place_of(one->getStart(), source_);
      update.operations.push_back(std::move(translated));
      // A label of data may not stand in the data of another operation (§19.6, note 8 of the
      // grammar).
      earlier_labels_.insert(operation_labels_.begin(), operation_labels_.end());
      operation_labels_.clear();
      label_bgp_.clear();
    }
  }
  note_known_prefixes();
  update.leniencies = std::move(leniencies_);
  return update;
}

UpdateOperation Translator::operation(Parser::Update1Context* context) {
  if (auto* load = context->load()) {
    Load node{.source = iri(load->iri()).value(), .graph = {}, .silent = load->SILENT() != nullptr};
    if (load->graphRef()) node.graph = iri(load->graphRef()->iri());
    return {std::move(node)};
  }
  if (auto* clear = context->clear()) {
    Clear node{.silent = clear->SILENT() != nullptr};
    set_target(clear->graphRefAll(), node);
    return {std::move(node)};
  }
  if (auto* drop = context->drop()) {
    Clear node{.silent = drop->SILENT() != nullptr, .drop = true};
    set_target(drop->graphRefAll(), node);
    return {std::move(node)};
  }
  if (auto* create = context->create())
    return {Create{iri(create->graphRef()->iri()), create->SILENT() != nullptr}};
  if (auto* add = context->add())
    return {Transfer{GraphCopy::Add, graph_or_default(add->graphOrDefault(0)),
                     graph_or_default(add->graphOrDefault(1)), add->SILENT() != nullptr}};
  if (auto* move = context->move())
    return {Transfer{GraphCopy::Move, graph_or_default(move->graphOrDefault(0)),
                     graph_or_default(move->graphOrDefault(1)), move->SILENT() != nullptr}};
  if (auto* copy = context->copy())
    return {Transfer{GraphCopy::Copy, graph_or_default(copy->graphOrDefault(0)),
                     graph_or_default(copy->graphOrDefault(1)), copy->SILENT() != nullptr}};
  if (auto* insert = context->insertData())
    return {InsertData{quads(insert->quadData()->quads(), true, false)}};
  if (auto* remove = context->deleteData())
    return {DeleteData{quads(remove->quadData()->quads(), false, false)}};
  if (auto* where = context->deleteWhere()) return {delete_where(where)};
  return {modify(context->modify())};
}

Term Translator::graph_or_default(Parser::GraphOrDefaultContext* context) {
  return context->iri() ? iri(context->iri()) : Term();
}

void Translator::set_target(Parser::GraphRefAllContext* context, Clear& clear) {
  if (context->graphRef()) {
    clear.target = GraphTarget::Graph;
    clear.graph = iri(context->graphRef()->iri());
  } else {
    clear.target = context->DEFAULT() ? GraphTarget::Default
                   : context->NAMED() ? GraphTarget::Named
                                      : GraphTarget::All;
  }
}

std::vector<QuadTemplate> Translator::quads(Parser::QuadsContext* context, bool blanks_allowed,
                                            bool variables_allowed) {
  std::vector<QuadTemplate> all;
  const auto add = [&](Parser::TriplesTemplateContext* block, PatternTerm graph) {
    TemplateSink sink(*this, std::move(graph), blanks_allowed, variables_allowed);
    triples(block, sink);
    all.insert(all.end(), std::make_move_iterator(sink.quads.begin()),
               std::make_move_iterator(sink.quads.end()));
  };
  for (antlr4::tree::ParseTree* child : context->children) {
    if (auto* block = dynamic_cast<Parser::TriplesTemplateContext*>(child)) {
      add(block, Term());
    } else if (auto* graph = dynamic_cast<Parser::QuadsNotTriplesContext*>(child)) {
      if (graph->varOrIri()->var() && !variables_allowed)
        fail(graph->varOrIri(), "variables can't stand in data", ErrorCode::Invalid);
      PatternTerm name = var_or_iri(graph->varOrIri());
      if (graph->triplesTemplate()) add(graph->triplesTemplate(), std::move(name));
    }
  }
  return all;
}

Modify Translator::delete_where(Parser::DeleteWhereContext* context) {
  Modify modify;
  modify.deletions = quads(context->quadPattern()->quads(), false, true);
  std::vector<std::pair<PatternTerm, Bgp>> by_graph;
  for (const QuadTemplate& quad : modify.deletions) {
    auto found = std::find_if(by_graph.begin(), by_graph.end(),
                              [&](const auto& part) { return part.first == quad.graph; });
    if (found == by_graph.end()) found = by_graph.insert(found, {quad.graph, Bgp{}});
    found->second.patterns.push_back({quad.subject, quad.predicate, quad.object});
  }
  check_chain(by_graph.size(), context);
  for (auto& [graph, bgp] : by_graph) {
    GraphPattern pattern{std::move(bgp)};
    const auto* name = std::get_if<Term>(&graph);
    if (!name || *name) pattern = {Graph{graph, std::move(pattern)}};
    modify.pattern = join_patterns(std::move(modify.pattern), std::move(pattern));
  }
  return modify;
}

Modify Translator::modify(Parser::ModifyContext* context) {
  Modify modify;
  modify.base = base_;
  Term with;
  if (context->iri()) with = iri(context->iri());
  if (auto* clause = context->deleteClause())
    modify.deletions = quads(clause->quadPattern()->quads(), false, true);
  if (auto* clause = context->insertClause())
    modify.insertions = quads(clause->quadPattern()->quads(), true, true);
  for (auto* templates : {&modify.deletions, &modify.insertions})
    for (QuadTemplate& quad : *templates)
      if (const auto* graph = std::get_if<Term>(&quad.graph); graph && !*graph) quad.graph = with;
  for (auto* clause : context->usingClause())
    (clause->NAMED() ? modify.dataset.named_graphs : modify.dataset.default_graphs)
        .push_back(iri(clause->iri()));
  if (with && modify.dataset.empty()) modify.dataset = {{with}, {}, true};
  // Labels of templates and of the pattern are different things (§4.1.4, §16.2.1).
  label_bgp_.clear();
  modify.pattern = group(context->groupGraphPattern());
  return modify;
}

}  // namespace tripten
