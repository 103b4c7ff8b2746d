#include "differential/engine.h"

#include "load/bulk_loader.h"

namespace tripten::test {

namespace {

const std::string kLabel = "http://ex.org/label";

Statement statement_of(const naive::TermQuad& quad) {
  return {view_of(quad[0]), view_of(quad[1]), view_of(quad[2]),
          quad[3] ? view_of(quad[3]) : TermView{}};
}

}  // namespace

LoadedDataset::LoadedDataset(const naive::TermQuads& quads, Layout layout)
    : store_(Store::in_memory({.block_rows = 4})) {
  naive::TermQuads base;
  bool other = false;
  for (const naive::TermQuad& quad : quads) {
    other = !other;
    if (layout == Layout::Base || (layout == Layout::Both && other)) base.insert(quad);
  }
  for (const naive::TermQuad& quad : quads)
    if (!base.contains(quad)) inserted_.insert(quad);
  // What the delta deletes: reversed triples, and marks that tell the labels of blank nodes.
  if (layout == Layout::Both)
    for (const naive::TermQuad& quad : quads) {
      const naive::TermQuad reversed{quad[2], quad[1], quad[0], quad[3]};
      if (!quad[2].is_literal() && !quads.contains(reversed)) erased_.insert(reversed);
    }
  if (layout != Layout::Delta)
    for (const naive::TermQuad& quad : quads)
      for (const std::size_t place : {0u, 2u})
        if (quad[place].is_blank())
          erased_.insert({quad[place], Term::iri(kLabel), Term::literal(quad[place].value()), {}});
  if (layout != Layout::Delta) {
    base.insert(erased_.begin(), erased_.end());
    load_base(base);
  }
  fill();
  for (const naive::TermQuad& quad : quads) {
    naive::TermQuad stored = quad;
    for (Term& term : stored)
      if (term.is_blank()) term = labels_.at(term);
    quads_.insert(stored);
  }
  if (quads_of(*snapshot_) != quads_)
    throw std::logic_error("the store does not hold the quads that went into it");
}

void LoadedDataset::load_base(const naive::TermQuads& quads) {
  BulkLoader loader(*store_, {});
  loader.begin_source();
  for (const naive::TermQuad& quad : quads)
    loader.add(statement_of(quad));
  loader.finish();
  for (const naive::TermQuad& quad : quads_of(*store_->snapshot()))
    if (quad[1].value() == kLabel) labels_[Term::blank(quad[2].value())] = quad[0];
}

void LoadedDataset::reset() {
  change_.reset();  // the store has one writer
  change_ = store_->begin();
}

/// What the base does not have.
void LoadedDataset::fill() {
  change_ = store_->begin();
  for (const auto* quads : {&inserted_, &erased_})
    for (const naive::TermQuad& quad : *quads)
      for (const Term& term : quad)
        if (term.is_blank() && !labels_.contains(term))
          labels_[term] = change_->term(change_->fresh_blank());
  for (const naive::TermQuad& quad : inserted_)
    change_->insert(ids_of(quad));
  for (const naive::TermQuad& quad : erased_)
    change_->erase(ids_of(quad));
  change_->commit();
  snapshot_ = store_->snapshot();
  reset();
}

Quad LoadedDataset::ids_of(const naive::TermQuad& quad) {
  Quad ids;
  for (std::size_t i = 0; i < quad.size(); ++i) {
    if (!quad[i])
      ids.terms[i] = kDefaultGraph;
    else if (quad[i].is_blank())
      ids.terms[i] = *change_->find(view_of(labels_.at(quad[i])));
    else
      ids.terms[i] = change_->intern(view_of(quad[i]));
  }
  return ids;
}

Answer run_query(const Query& query, const StoreView& view, const RunOptions& options) {
  const Interrupt interrupt;
  QueryRun run(query, view, interrupt, options);
  Answer answer{run.kind(), run.columns(), {}, run.explain()};
  Batch batch;
  while (run.next(batch))
    for (std::size_t row = 0; row < batch.rows; ++row) {
      naive::Solution solution;
      for (std::size_t column = 0; column < batch.columns.size(); ++column)
        if (const TermId id = batch.columns[column][row])
          solution.emplace(Variable{answer.columns[column]}, run.terms().term(id));
      answer.rows.push_back(std::move(solution));
    }
  return answer;
}

naive::TermQuads quads_of(const StoreView& view) {
  naive::TermQuads quads;
  QuadScan scan = view.scan(QuadOrder::Spog, {});
  QuadColumns rows;
  while (scan.next(rows))
    for (std::size_t row = 0; row < rows.rows; ++row) {
      const Quad quad = from_order({{rows.columns[0][row], rows.columns[1][row],
                                     rows.columns[2][row], rows.columns[3][row]}},
                                   QuadOrder::Spog);
      naive::TermQuad terms;
      for (std::size_t i = 0; i < terms.size(); ++i)
        terms[i] = view.term(quad.terms[i]);
      quads.insert(terms);
    }
  return quads;
}

}  // namespace tripten::test
