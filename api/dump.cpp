#include "api/dump.h"

#include <ostream>

#include <fmt/format.h>

#include "api/used_prefixes.h"
#include "base/check.h"
#include "query/expr/query_terms.h"
#include "query/output/buffered_writer.h"
#include "query/output/quad_lines.h"
#include "rdf/writer.h"

namespace tripten {

namespace {

/// All quads where `graph` is unbound.
QuadPattern quads_of(TermId graph) {
  return {{kUnbound, kUnbound, kUnbound, graph}};
}

void dump_lines(const StoreView& view, std::ostream& out, TermId graph, bool has_graphs,
                const Interrupt& interrupt) {
  OutputBuffer buffer(out);
  QuadLines lines(view, has_graphs);
  QuadScan scan = view.scan(QuadOrder::Gspo, quads_of(graph));
  QuadColumns rows;
  while (scan.next(rows)) {
    interrupt.check();
    lines.append(rows, QuadOrder::Gspo, buffer);
  }
  buffer.flush();
}

void require_written(std::ostream& out) {
  out.flush();
  if (!out) throw Error(ErrorCode::Io, "the dump could not be written");
}

/// Calls `visit(const Quad&)` for the quads of one graph, or of all where `graph` is unbound.
template <typename Visit>
void for_each_quad(const StoreView& view, TermId graph, const Interrupt& interrupt, Visit visit) {
  QuadScan scan = view.scan(QuadOrder::Gspo, quads_of(graph));
  QuadColumns rows;
  while (scan.next(rows)) {
    interrupt.check();
    for (std::size_t i = 0; i < rows.rows; ++i)
      visit(from_order(
          Quad{{rows.columns[0][i], rows.columns[1][i], rows.columns[2][i], rows.columns[3][i]}},
          QuadOrder::Gspo));
  }
}

}  // namespace

void dump_view(const StoreView& view, std::ostream& out, Format format, const Term& graph,
               const Interrupt& interrupt) {
  if (!holds_graph(format) || format == Format::RdfXml)
    throw Error(ErrorCode::Invalid,
                fmt::format("a dump can be nq, trig, nt or ttl, not {}", name_of(format)));
  const bool one_graph = format == Format::NTriples || format == Format::Turtle;
  if (graph && !one_graph)
    throw Error(ErrorCode::Invalid, fmt::format("{} holds all graphs; one alone is dumped as nt "
                                                "or ttl",
                                                name_of(format)));
  TermId wanted;
  if (one_graph) {
    const auto found = graph ? view.find(view_of(graph)) : kDefaultGraph;
    if (!found || (graph && view.count(QuadPattern{{kUnbound, kUnbound, kUnbound, *found}}) == 0))
      throw Error(ErrorCode::NotFound,
                  fmt::format("the database has no graph {}", graph.to_string()));
    wanted = *found;
  }
  if (format == Format::NQuads || format == Format::NTriples) {
    dump_lines(view, out, wanted, format == Format::NQuads, interrupt);
    return require_written(out);
  }
  MemoryBudget budget;
  const QueryTerms terms(view, budget);
  RdfWriteOptions options{.format = format};
  UsedPrefixes used(terms);
  for_each_quad(view, wanted, interrupt, [&](const Quad& quad) {
    for (const TermId id : quad.terms)
      used.add(id);
  });
  options.prefixes = used.prefixes();
  auto writer = make_rdf_writer(out, options);
  std::string scratch[4];
  for_each_quad(view, wanted, interrupt, [&](const Quad& quad) {
    TermView views[4];
    for (std::size_t i = 0; i < 4; ++i)
      views[i] = terms.get(quad.terms[i], scratch[i]);
    if (one_graph) views[3] = TermView{};
    writer->add({views[0], views[1], views[2], views[3]});
  });
  writer->finish();
  require_written(out);
}

}  // namespace tripten
