#include "fuzz/solutions.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>

#include "tripten/solutions.h"

#include "fuzz/fuzz.h"
#include "query/output/solution_writer.h"
#include "query/results/solution_reader.h"
#include "rdf/language_tag.h"
#include "storage/characteristic_sets.h"

namespace tripten {
namespace {

/// A store that has nothing.
class EmptyView : public StoreView {
 public:
  QuadScan scan(QuadOrder, const QuadPattern&) const override {
    throw PropertyBroken("a writer reads quads");
  }
  std::uint64_t count(const QuadPattern&) const override { return 0; }
  bool contains(const Quad&) const override { return false; }
  std::vector<TermId> graphs() const override { return {}; }
  std::vector<PredicateCounts> predicates() const override { return {}; }
  const CharacteristicSets& characteristic_sets() const override { return sets_; }
  std::optional<TermId> find(const TermView&) const override { return std::nullopt; }
  void append_encoded_term(TermId, std::string&) const override {
    throw PropertyBroken("a writer reads a dictionary");
  }

 private:
  CharacteristicSets sets_{};
};

std::string written(const SolutionTable& table, Format format) {
  const EmptyView view;
  MemoryBudget budget;
  QueryTerms terms(view, budget);
  std::ostringstream out;
  const auto writer = make_solution_writer(out, format);
  if (table.boolean) {
    writer->write_boolean(*table.boolean);
    return out.str();
  }
  writer->begin(table.variables);
  Batch batch;
  batch.reset(table.variables.size());
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      batch.columns[i].push_back(terms.intern(view_of(row[i])));
    ++batch.rows;
  }
  writer->write(batch, terms);
  writer->finish();
  return out.str();
}

/// What is left of a term when it has been an id, and, in CSV, plain text.
Term expected(const Term& term, Format format) {
  if (format == Format::Csv && term.is_literal() && term.value().empty()) return Term();
  if (term.language().empty()) return term;
  std::string tag;
  append_language_tag(term.language(), tag);
  return Term::tagged(term.value(), tag);
}

SolutionTable read(const std::string& text, Format format) {
  std::istringstream in(text);
  return read_solutions(in, format);
}

/// A text in pieces of a few bytes, with what a broken line has for its end.
class PieceInput : public Input {
 public:
  PieceInput(std::string_view text, bool is_broken)
      : Input("pieces"),
        left_(text),
        piece_(1 + text.size() % 7),
        is_broken_(is_broken) {}

  std::size_t read(char* to, std::size_t size) override {
    if (left_.empty() && is_broken_) throw Error(ErrorCode::Io, "pieces: the line is broken");
    const std::size_t got = left_.copy(to, std::min(size, piece_));
    left_.remove_prefix(got);
    return got;
  }

 private:
  std::string_view left_;
  const std::size_t piece_;
  const bool is_broken_;
};

std::optional<SolutionTable> read_in_pieces(std::string_view text, Format format, bool is_broken) {
  PieceInput input(text, is_broken);
  SolutionTable table;
  if (!succeeds([&] { table = read_solutions(input, format); })) return std::nullopt;
  return table;
}

}  // namespace

void check_solutions(std::string_view text, Format format) {
  SolutionTable table;
  const bool is_read = succeeds([&] { table = read(std::string(text), format); });
  const auto pieces = read_in_pieces(text, format, false);
  expect(pieces.has_value() == is_read, "in pieces it is read otherwise");
  expect(!read_in_pieces(text, format, true), "a broken line is taken for an end");
  if (!is_read) return;
  expect(*pieces == table, "in pieces it is read as something else");
  const std::string document = written(table, format);
  SolutionTable again;
  try {
    again = read(document, format);
  } catch (const Error& error) {
    throw PropertyBroken("written, but not read:\n" + document + "\n" + error.what());
  }
  for (auto& row : table.rows)
    for (Term& term : row)
      term = expected(term, format);
  expect(again == table, "written and read differ:\n" + document);
}

}  // namespace tripten
