#include "api/graph_output.h"

#include "api/used_prefixes.h"
#include "query/expr/fetched_terms.h"
#include "rdf/term_codec.h"
#include "rdf/vocabulary.h"
#include "rdf/writer.h"

namespace tripten {
namespace {

/// Takes the rows before `first` away.
void drop_before(Batch& batch, std::size_t first) {
  if (first == 0) return;
  std::vector<std::uint32_t> left(batch.rows - std::min(first, batch.rows));
  std::iota(left.begin(), left.end(), static_cast<std::uint32_t>(first));
  batch.keep(left);
}

/// Fills the batch up to kGroupedTriples and puts the triples of a subject together.
void group(QueryRun& run, Batch& batch) {
  Batch more;
  if (batch.columns.empty()) batch.reset(run.columns().size());
  while (batch.rows < kGroupedTriples && run.next(more))
    batch.append(more);
  const auto id = [&](std::size_t column) {
    return
        [&batch, column](std::size_t row) -> const TermId& { return batch.columns[column][row]; };
  };
  const auto order = grouped_triples<TermId>(batch.rows, id(0), id(1));
  for (Column& column : batch.columns) {
    Column ordered;
    ordered.reserve(batch.rows);
    for (const std::uint32_t row : order)
      ordered.push_back(column[row]);
    column = std::move(ordered);
  }
}

void write_batch(const Batch& batch, const QueryTerms& terms, RdfWriter& writer) {
  FetchedTerms fetched;
  std::string scratch[3];
  for (const Column& column : batch.columns)
    for (const TermId id : column)
      if (id.in_dictionary()) fetched.want(id);
  fetched.fetch(terms.view());
  const auto term_of = [&](std::size_t column, std::size_t row) {
    const TermId id = batch.columns[column][row];
    const auto encoded = fetched.find(id);
    return encoded ? decode_term(*encoded) : terms.get(id, scratch[column]);
  };
  for (std::size_t row = 0; row < batch.rows; ++row)
    writer.add({term_of(0, row), term_of(1, row), term_of(2, row), TermView{}});
}

}  // namespace

std::uint64_t write_graph(std::ostream& out, Format format, QueryRun& run, Batch& batch,
                          std::size_t first, const std::map<std::string, std::string>& of_query,
                          const std::map<std::string, std::string>& others, AnswerCopy& copy) {
  drop_before(batch, first);
  std::map<std::string, std::string> prefixes;
  if (format == Format::Turtle || format == Format::TriG) {
    group(run, batch);
    std::map<std::string, std::string> candidates = of_query;
    candidates.insert(others.begin(), others.end());
    UsedPrefixes used(run.terms(), candidates);
    std::string scratch;
    for (std::size_t i = 0; i < batch.columns.size(); ++i)
      for (const TermId id : batch.columns[i])
        if (i != 1 || run.terms().get(id, scratch).value != kRdfType)  // which is written `a`
          used.add(id);
    prefixes = used.prefixes();
    if (batch.rows >= kGroupedTriples) prefixes.insert(of_query.begin(), of_query.end());
  }
  const auto writer = make_rdf_writer(out, {.format = format, .prefixes = std::move(prefixes)});
  std::uint64_t rows = 0;
  do {
    write_batch(batch, run.terms(), *writer);
    copy.add(batch, run.terms());
    rows += batch.rows;
  } while (run.next(batch));
  writer->finish();
  return rows;
}

}  // namespace tripten
