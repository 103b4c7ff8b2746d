// Answers as bytes, format by format.
#include "query/output/solution_writer.h"

#include <optional>
#include <span>
#include <sstream>

#include <catch2/catch.hpp>

#include "query/output/number_form.h"
#include "unit/query_output/written_answer.h"

namespace tripten {
namespace {

Answer people() {
  Answer answer;
  answer.variables = {"x", "name", "n"};
  answer.rows = {{Term::iri("http://ex.org/a"), Term::tagged("Ann \"A\"", "en"), Term::integer(42)},
                 {Term::blank("r"), Term(), Term::typed("1.50", kXsdDecimal)},
                 {Term::iri("http://ex.org/b"), Term::literal("tab\there\nthere"),
                  Term::typed("5", "http://ex.org/t")}};
  return answer;
}

TEST_CASE("JSON is as the recommendation says") {
  CHECK(people().written(Format::Json) ==
        R"({"head": {"vars": ["x", "name", "n"]},
 "results": {"bindings": [
{"x": {"type": "uri", "value": "http://ex.org/a"}, "name": {"type": "literal", "value": "Ann \"A\"", "xml:lang": "en"}, "n": {"type": "literal", "value": "42", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}},
{"x": {"type": "bnode", "value": "r"}, "n": {"type": "literal", "value": "1.50", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}},
{"x": {"type": "uri", "value": "http://ex.org/b"}, "name": {"type": "literal", "value": "tab\there\nthere"}, "n": {"type": "literal", "value": "5", "datatype": "http://ex.org/t"}}
]}}
)");
  CHECK(written_boolean(Format::Json, true) == "{\"head\": {}, \"boolean\": true}\n");
  Answer control{.variables = {"x"}, .rows = {{Term::literal(std::string("\x01\x7F\\", 3))}}};
  CHECK(control.written(Format::Json).find("\"\\u0001\\u007F\\\\\"") != std::string::npos);
}

TEST_CASE("An answer without rows is a whole document in every format") {
  Answer none{.variables = {"x"}, .rows = {}};
  CHECK(none.written(Format::Json) ==
        "{\"head\": {\"vars\": [\"x\"]},\n \"results\": {\"bindings\": [\n]}}\n");
  CHECK(none.written(Format::Csv) == "x\r\n");
  CHECK(none.written(Format::Tsv) == "?x\n");
  CHECK(none.written(Format::JsonLines).empty());
  CHECK(none.written(Format::Markdown) == "| x |\n| --- |\n");
  CHECK(none.written(Format::Table) == "x\n-\n0 rows\n");
  CHECK(none.written(Format::Xml).find("<results>\n  </results>\n</sparql>\n") !=
        std::string::npos);
}

TEST_CASE("XML is as the recommendation says") {
  Answer answer{.variables = {"x", "y"},
                .rows = {{Term::iri("http://ex.org/?a&b"), Term::tagged("<b> \r", "en")},
                         {Term::blank("r"), Term::typed("5", kXsdInteger)},
                         {Term(), Term::literal("\x01\uFFFF\uFFFDé")}}};
  CHECK(answer.written(Format::Xml) == R"(<?xml version="1.0"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#">
  <head>
    <variable name="x"/>
    <variable name="y"/>
  </head>
  <results>
    <result>
      <binding name="x"><uri>http://ex.org/?a&amp;b</uri></binding>
      <binding name="y"><literal xml:lang="en">&lt;b&gt; &#13;</literal></binding>
    </result>
    <result>
      <binding name="x"><bnode>r</bnode></binding>
      <binding name="y"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">5</literal></binding>
    </result>
    <result>
      <binding name="y"><literal>)"
                                       "\uFFFD\uFFFD\uFFFDé"
                                       R"(</literal></binding>
    </result>
  </results>
</sparql>
)");
  CHECK(written_boolean(Format::Xml, false).find("<boolean>false</boolean>") != std::string::npos);
}

TEST_CASE("CSV has plain values, quoted where they need it") {
  Answer answer = people();
  answer.rows.push_back({Term::literal("a,b"), Term::literal("say \"hi\""), Term::literal("x\r")});
  CHECK(answer.written(Format::Csv) ==
        "x,name,n\r\n"
        "http://ex.org/a,\"Ann \"\"A\"\"\",42\r\n"
        "_:r,,1.50\r\n"
        "http://ex.org/b,\"tab\there\nthere\",5\r\n"
        "\"a,b\",\"say \"\"hi\"\"\",\"x\r\"\r\n");
  CHECK(written_boolean(Format::Csv, true) == "true\n");
}

TEST_CASE("TSV has terms as Turtle writes them, each row on one line") {
  CHECK(people().written(Format::Tsv) ==
        "?x\t?name\t?n\n"
        "<http://ex.org/a>\t\"Ann \\\"A\\\"\"@en\t42\n"
        "_:r\t\t1.50\n"
        "<http://ex.org/b>\t\"tab\\there\\nthere\"\t\"5\"^^<http://ex.org/t>\n");
  CHECK(written_boolean(Format::Tsv, false) == "false\n");
}

TEST_CASE("Bare numbers are those that read back as the same term") {
  const auto bare = [](std::string_view lexical, std::string_view datatype) {
    return is_bare_number({.kind = TermKind::Literal, .value = lexical, .datatype = datatype});
  };
  CHECK(bare("1", kXsdInteger));
  CHECK(bare("-01", kXsdInteger));
  CHECK(bare("+1.50", kXsdDecimal));
  CHECK(bare(".5", kXsdDecimal));
  CHECK(bare("1.0e6", kXsdDouble));
  CHECK(bare("1.E6", kXsdDouble));
  CHECK_FALSE(bare("1", kXsdDecimal));
  CHECK_FALSE(bare("1.", kXsdDecimal));
  CHECK_FALSE(bare("1.0", kXsdDouble));
  CHECK_FALSE(bare("INF", kXsdDouble));
  CHECK_FALSE(bare("abc", kXsdInteger));
  CHECK_FALSE(bare("", kXsdInteger));
  CHECK_FALSE(bare(" 1", kXsdInteger));
  CHECK_FALSE(bare("1e", kXsdDouble));
  CHECK_FALSE(bare("1.0E0", kXsdFloat));
  CHECK_FALSE(bare("1", "http://www.w3.org/2001/XMLSchema#int"));
  CHECK_FALSE(bare("1", ""));
}

TEST_CASE("JSON lines hold numbers and booleans where JSON has them") {
  Answer answer{.variables = {"v"},
                .rows = {{Term::integer(42)},
                         {Term::typed("01", kXsdInteger)},
                         {Term::typed("-1.5", kXsdDecimal)},
                         {Term::typed("1.5E0", kXsdDouble)},
                         {Term::typed("NaN", kXsdDouble)},
                         {Term::typed(".5", kXsdDecimal)},
                         {Term::boolean(true)},
                         {Term::typed("1", kXsdBoolean)},
                         {Term::iri("http://ex.org/a")},
                         {Term::blank("r")},
                         {Term::tagged("x", "en")},
                         {Term::literal("5")},
                         {Term()}}};
  CHECK(answer.written(Format::JsonLines) ==
        "{\"v\": 42}\n{\"v\": \"01\"}\n{\"v\": -1.5}\n{\"v\": 1.5E0}\n{\"v\": \"NaN\"}\n"
        "{\"v\": \".5\"}\n{\"v\": true}\n{\"v\": \"1\"}\n{\"v\": \"http://ex.org/a\"}\n"
        "{\"v\": \"_:r\"}\n{\"v\": \"x\"}\n{\"v\": \"5\"}\n{}\n");
  CHECK(written_boolean(Format::JsonLines, true) == "{\"boolean\": true}\n");
}

TEST_CASE("Markdown escapes what would be markup") {
  Answer answer{.variables = {"x", "y"},
                .rows = {{Term::iri("http://ex.org/a_b"), Term::literal("a|b\n<i>*c*</i>")},
                         {Term::blank("r"), Term()}}};
  CHECK(answer.written(Format::Markdown) ==
        "| x | y |\n| --- | --- |\n"
        "| <http://ex.org/a_b> | a\\|b<br>\\<i\\>\\*c\\*\\</i\\> |\n"
        "| \\_:r |  |\n");
  CHECK(written_boolean(Format::Markdown, true) == "| answer |\n| --- |\n| true |\n");
}

TEST_CASE("A table aligns its columns, numbers to the right") {
  Answer answer{.variables = {"gene", "symbol", "figures"},
                .rows = {{Term::iri("https://identifiers.org/ncbigene/5728"), Term::literal("PTEN"),
                          Term::integer(41)},
                         {Term::iri("https://identifiers.org/ncbigene/7157"),
                          Term::tagged("食べ物", "ja"), Term::integer(1234)},
                         {Term::iri("http://ex.org/other"), Term(), Term()}}};
  WriteOptions options;
  options.prefixes = {{"ncbigene", "https://identifiers.org/ncbigene/"}, {"ex", "http://ex.org/o"}};
  CHECK(answer.written(Format::Table, options) ==
        "gene           symbol     figures\n"
        "-------------  ---------  -------\n"
        "ncbigene:5728  PTEN            41\n"
        "ncbigene:7157  食べ物@ja     1234\n"
        "ex:ther        ∅                ∅\n"
        "3 rows\n");
  CHECK(written_boolean(Format::Table, true) == "true\n");
}

TEST_CASE("A table fits into the terminal: the widest columns are cut") {
  Answer answer{.variables = {"a", "b"},
                .rows = {{Term::literal("short"), Term::literal(std::string(100, 'x'))},
                         {Term::literal("s"), Term::literal("食べ物食べ物食べ物食べ物")}}};
  const std::string table = answer.written(Format::Table, {.width = 20});
  CHECK(table ==
        "a      b\n"
        "-----  -------------\n"
        "short  xxxxxxxxxxxx…\n"
        "s      食べ物食べ物…\n"
        "2 rows\n");
}

TEST_CASE("A table shows no control characters and keeps a cell on one line") {
  Answer answer{.variables = {"a"},
                .rows = {{Term::literal("one\ntwo\tthree\r")},
                         {Term::literal("\x1B[31mred\u202E")},
                         {Term::iri("http://ex.org/\x1B[31m")}}};
  CHECK(answer.written(Format::Table) ==
        "a\n---------------------\none↵two three\n\uFFFD[31mred\uFFFD\n"
        "<http://ex.org/\uFFFD[31m>\n3 rows\n");
}

TEST_CASE("A table of many rows keeps the widths of the first ones") {
  Answer answer{.variables = {"n", "t"}, .rows = {}};
  for (int i = 0; i < 10'000; ++i)
    answer.rows.push_back({Term::integer(i % 10), Term::literal("x")});
  answer.rows.push_back({Term::integer(123), Term::literal("longer")});
  const std::string table = answer.written(Format::Table);
  CHECK(table.substr(0, 15) == "n  t\n-  -\n0  x\n");
  CHECK_THAT(table, Catch::EndsWith("8  x\n9  x\n123  longer\n10001 rows\n"));
}

TEST_CASE("Solutions without variables are rows all the same") {
  Answer answer{.variables = {}, .rows = {{}, {}, {}}};
  CHECK(answer.written(Format::Table) == "3 rows\n");
  CHECK(answer.written(Format::Csv) == "\r\n\r\n\r\n\r\n");
  CHECK(answer.written(Format::JsonLines) == "{}\n{}\n{}\n");
}

TEST_CASE("Terms that come again are written the same") {
  Answer answer{.variables = {"x"}, .rows = {}};
  std::string expected = "?x\n";
  for (int i = 0; i < 30'000; ++i) {
    const std::string label = "term " + std::to_string(i % 9'000);
    answer.rows.push_back({Term::literal(label)});
    expected += '"' + label + "\"\n";
  }
  CHECK(answer.written(Format::Tsv) == expected);
}

TEST_CASE("Formats of graphs are refused, a stream that refuses bytes is an error") {
  std::ostringstream out;
  CHECK_THROWS_WITH(make_solution_writer(out, Format::Turtle),
                    Catch::StartsWith("ttl holds a graph"));
  std::ostream closed(nullptr);
  const auto writer = make_solution_writer(closed, Format::Tsv);
  writer->begin({"x"});
  CHECK_THROWS_AS(writer->finish(), Error);
}

/// A dictionary of blocks of 64 terms.
class BlocksView : public DictionaryView {
 public:
  void encoded_terms(std::span<const TermId> ids, EncodedTerms& out,
                     std::size_t most) const override {
    out.clear();
    std::optional<std::uint64_t> block;
    for (std::size_t i = 0; i < ids.size() && out.bytes() < most; ++i) {
      if (block != ids[i].payload() / 64) out.count_block();
      block = ids[i].payload() / 64;
      std::string term;
      append_encoded_term(ids[i], term);
      out.add(term);
    }
    entered += out.blocks();
  }

  mutable std::size_t entered = 0;
};

TEST_CASE("Rows whose terms lie far apart are asked for in larger batches, as long as they fit") {
  BlocksView view;
  constexpr std::size_t kTerms = 65536, kFirstRows = 256;
  std::vector<TermId> ids;
  for (std::size_t i = 0; i < kTerms; ++i)
    ids.push_back(view.add(Term::iri("http://ex.org/" + std::to_string(i))));
  MemoryBudget budget;
  const QueryTerms terms(view, budget);
  const Interrupt interrupt;
  const auto largest = [&](std::size_t step, std::size_t memory) {
    std::ostringstream out, expected;
    const auto writer = make_solution_writer(out, Format::Csv);
    writer->begin({"x"});
    writer->allow_large(memory, interrupt);
    std::size_t most = 0;
    expected << "x\r\n";
    for (std::size_t row = 0; row < kTerms;) {
      Batch batch;
      batch.reset(1);
      const std::size_t wanted = std::max(kFirstRows, writer->rows_wanted());
      for (; batch.rows < wanted && row < kTerms; ++row, ++batch.rows) {
        batch.columns[0].push_back(ids[row * step % kTerms]);
        expected << "http://ex.org/" << row * step % kTerms << "\r\n";
      }
      most = std::max(most, wanted);
      writer->write(batch, terms);
    }
    writer->finish();
    CHECK(out.str() == expected.str());
    return most;
  };
  CHECK(largest(1, std::size_t{64} << 20) == kFirstRows);
  view.entered = 0;
  CHECK(largest(24421, std::size_t{64} << 20) >= kFirstRows * 16);
  CHECK(view.entered < kTerms / 4);
  CHECK(largest(24421, std::size_t{64} << 10) <= kFirstRows * 4);
}

}  // namespace
}  // namespace tripten
