#include "fuzz/statements.h"

#include <array>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz/fuzz.h"
#include "rdf/reader.h"
#include "rdf/writer.h"

namespace tripten {
namespace {

/// Keeps statements; blank nodes are numbered in the order in which they come.
struct KeptStatements : StatementSink {
  std::vector<std::array<Term, 4>> statements{};
  std::map<std::string, std::size_t> labels{};

  void begin_source() override {}
  void add(const Statement& statement) override {
    statements.push_back({kept(statement.subject), kept(statement.predicate),
                          kept(statement.object), kept(statement.graph)});
  }
  Term kept(const TermView& view) {
    const Term term = term_of(view);
    if (!term.is_blank()) return term;
    return Term::blank(
        "b" + std::to_string(labels.try_emplace(term.value(), labels.size()).first->second));
  }
};

std::uint64_t read(std::string_view text, const ReadOptions& options, KeptStatements& sink) {
  return read_rdf(*text_input(std::string(text), "input"), options, sink);
}

std::string written(const KeptStatements& kept, Format format) {
  std::ostringstream out;
  const auto writer = make_rdf_writer(out, {.format = format, .prefixes = {}});
  writer->begin_source();
  for (const auto& [subject, predicate, object, graph] : kept.statements)
    writer->add({view_of(subject), view_of(predicate), view_of(object), view_of(graph)});
  writer->finish();
  return out.str();
}

}  // namespace

void check_rdf(std::string_view text, Format format) {
  ReadOptions options;
  options.format = format;
  options.base = "http://ex.org/base/";
  KeptStatements strict, lenient;
  const bool is_read = succeeds([&] { read(text, options, strict); });
  std::size_t skipped = 0;
  options.lenient = true;
  options.on_skip = [&](const Error&) { ++skipped; };
  const bool is_read_leniently = succeeds([&] { read(text, options, lenient); });
  if (!is_read) return;
  expect(is_read_leniently && skipped == 0, "read strictly, but not leniently");
  expect(strict.statements == lenient.statements, "lenient reading gives other statements");
  for (const Format other : {Format::NQuads, Format::TriG}) {
    const std::string document = written(strict, other);
    KeptStatements again;
    ReadOptions plain;
    plain.format = other;
    try {
      read(document, plain, again);
    } catch (const Error& error) {
      throw PropertyBroken("written, but not read:\n" + document + "\n" + error.what());
    }
    expect(again.statements == strict.statements, "written and read differ:\n" + document);
  }
}

}  // namespace tripten
