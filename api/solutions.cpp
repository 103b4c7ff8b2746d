// Tables of terms as documents: write_solutions() and short_text().
//
// The writers take ids of a query. So the table is run like the answer of a query to a database
// without quads: each term becomes an id of the query's own.
#include "tripten/solutions.h"

#include <algorithm>
#include <numeric>
#include <ostream>

#include <fmt/format.h>

#include "api/graph_output.h"
#include "query/output/solution_writer.h"
#include "query/output/table_cells.h"
#include "rdf/known_prefixes.h"
#include "rdf/statement.h"
#include "rdf/vocabulary.h"
#include "rdf/writer.h"
#include "storage/characteristic_sets.h"

namespace tripten {
namespace {

constexpr std::size_t kBatchRows = 1024;

/// A view of nothing.
class EmptyView : public StoreView {
 public:
  QuadScan scan(QuadOrder, const QuadPattern&) const override {
    throw Error(ErrorCode::Internal, "a table of solutions has no quads to scan");
  }
  std::uint64_t count(const QuadPattern&) const override { return 0; }
  bool contains(const Quad&) const override { return false; }
  std::optional<TermId> find(const TermView&) const override { return std::nullopt; }
  void append_encoded_term(TermId, std::string&) const override {
    throw Error(ErrorCode::Internal, "a table of solutions has no dictionary");
  }
  std::vector<TermId> graphs() const override { return {}; }
  std::vector<PredicateCounts> predicates() const override { return {}; }
  const CharacteristicSets& characteristic_sets() const override { return sets_; }

 private:
  CharacteristicSets sets_{};
};

void write_rows(const SolutionTable& table, SolutionWriter& writer) {
  const EmptyView view;
  MemoryBudget budget;
  QueryTerms terms(view, budget);
  writer.begin(table.variables);
  Batch batch;
  for (std::size_t first = 0; first < table.rows.size(); first += kBatchRows) {
    batch.reset(table.variables.size());
    batch.rows = std::min(kBatchRows, table.rows.size() - first);
    for (std::size_t i = 0; i < table.variables.size(); ++i)
      for (std::size_t row = first; row < first + batch.rows; ++row)
        batch.columns[i].push_back(terms.intern(view_of(table.rows[row].at(i))));
    writer.write(batch, terms);
  }
  writer.finish();
}

bool has_triples(const SolutionTable& table) {
  return table.variables == std::vector<std::string>{"subject", "predicate", "object"};
}

/// Whether the term's TermView has one: strings with and without a language do not.
bool has_datatype(const Term& term) {
  return term.is_literal() && !view_of(term).datatype.empty();
}

/// Those of the prefixes that IRIs of the table begin with, and its datatypes if they count.
std::map<std::string, std::string> used_of(std::map<std::string, std::string> prefixes,
                                           const SolutionTable& table, bool datatypes_count) {
  std::erase_if(prefixes, [&](const auto& prefix) {
    const auto is_used = [&](const Term& term) {
      return term.is_iri() ? term.value().starts_with(prefix.second)
                           : datatypes_count && has_datatype(term) &&
                                 term.datatype().starts_with(prefix.second);
    };
    return std::none_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      // rdf:type as a predicate is written `a`.
      return is_used(row.at(0)) || is_used(row.at(2)) ||
             (row.at(1).value() != kRdfType && is_used(row.at(1)));
    });
  });
  return prefixes;
}

void write_triples(std::ostream& out, const SolutionTable& table, Format format,
                   const WriteOptions& options) {
  if (!has_triples(table) || table.boolean)
    throw Error(
        ErrorCode::Invalid,
        fmt::format("the answer is a table of solutions, which {} can't hold", name_of(format)));
  std::vector<std::uint32_t> order(table.rows.size());
  std::iota(order.begin(), order.end(), 0U);
  std::map<std::string, std::string> prefixes;
  if (format == Format::Turtle || format == Format::TriG) {
    const auto term = [&](std::size_t column) {
      return
          [&table, column](std::size_t row) -> const Term& { return table.rows[row].at(column); };
    };
    order = grouped_triples<Term>(table.rows.size(), term(0), term(1));
    prefixes = options.prefixes;
    if (table.rows.size() < kGroupedTriples) prefixes = used_of(std::move(prefixes), table, true);
    prefixes.merge(used_of(known_prefixes(), table, false));
  }
  const auto writer = make_rdf_writer(out, {.format = format, .prefixes = std::move(prefixes)});
  for (const std::uint32_t i : order) {
    const auto& row = table.rows[i];
    writer->add({view_of(row.at(0)), view_of(row.at(1)), view_of(row.at(2)), TermView{}});
  }
  writer->finish();
}

}  // namespace

void write_solutions(std::ostream& out, const SolutionTable& table, Format format,
                     const WriteOptions& options) {
  if (format == Format::Guess) format = Format::Tsv;
  if (holds_graph(format)) {
    write_triples(out, table, format, options);
  } else {
    WriteOptions known = options;
    known.prefixes.insert(known_prefixes().begin(), known_prefixes().end());
    const auto writer = make_solution_writer(out, format, known);
    if (table.boolean)
      writer->write_boolean(*table.boolean);
    else
      write_rows(table, *writer);
  }
  out.flush();
  if (!out) throw Error(ErrorCode::Io, "the answer could not be written");
}

std::string short_text(const Term& term, const std::map<std::string, std::string>& prefixes) {
  WriteOptions known{.prefixes = prefixes};
  known.prefixes.insert(known_prefixes().begin(), known_prefixes().end());
  std::string text;
  TableCells(known).append(view_of(term), text);
  return text;
}

}  // namespace tripten
