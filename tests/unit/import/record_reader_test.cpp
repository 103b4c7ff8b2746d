// Rows of CSV and TSV files.
#include "import/record_reader.h"

#include <catch2/catch.hpp>

#include "tripten/error.h"

using namespace tripten;

namespace {

/// Gives out one byte at a time, so that every row is cut everywhere.
class SlowInput : public Input {
 public:
  explicit SlowInput(std::string text) : Input("slow"), text_(std::move(text)) {}
  std::size_t read(char* to, std::size_t) override {
    if (at_ == text_.size()) return 0;
    *to = text_[at_++];
    return 1;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(Input& input, const Dialect& dialect) {
  RecordReader reader(input, dialect);
  Rows rows;
  std::vector<std::string_view> fields;
  while (reader.next(fields))
    rows.emplace_back(fields.begin(), fields.end());
  return rows;
}

Rows rows_of(const std::string& text, const Dialect& dialect = {}) {
  auto whole = text_input(text, "test");
  Rows rows = rows_of(*whole, dialect);
  SlowInput slow(text);
  CHECK(rows_of(slow, dialect) == rows);
  return rows;
}

}  // namespace

TEST_CASE("Tab-separated rows have no quoting") {
  CHECK(rows_of("a\tb\n\"x\t'y'\"\n", Dialect::tsv()) == Rows{{"a", "b"}, {"\"x", "'y'\""}});
  CHECK(rows_of("a\t\tb", Dialect::tsv()) == Rows{{"a", "", "b"}});
  CHECK(rows_of("a\r\n\r\nb\r\n", Dialect::tsv()) == Rows{{"a"}, {""}, {"b"}});
  CHECK(rows_of("", Dialect::tsv()).empty());
  CHECK(rows_of("\xEF\xBB\xBFx\n", Dialect::tsv()) == Rows{{"x"}});
}

TEST_CASE("Quoted fields hold delimiters, line breaks and doubled quotes") {
  CHECK(rows_of("a,\"b,c\",\"d\"\"e\"\n\"f\ng\",\"\",h\n") ==
        Rows{{"a", "b,c", "d\"e"}, {"f\ng", "", "h"}});
  // A quote inside a field is text.
  CHECK(rows_of("5\" pipe,b\nc,d\n") == Rows{{"5\" pipe", "b"}, {"c", "d"}});
  CHECK(rows_of("\"a\"\"\"\n\"\"\"b\",c\n") == Rows{{"a\""}, {"\"b", "c"}});
  CHECK(rows_of("\"a\"") == Rows{{"a"}});
}

TEST_CASE("Dialects may escape, trim, comment and skip blank rows") {
  Dialect escaped;
  escaped.double_quote = false;
  CHECK(rows_of("\"a\\\"b\\\\\",c\n", escaped) == Rows{{"a\"b\\", "c"}});
  Dialect trimmed;
  trimmed.trim_start = trimmed.trim_end = true;
  CHECK(rows_of(" a ,  \"b, c\" ,\n", trimmed) == Rows{{"a", "b, c", ""}});
  Dialect commented;
  commented.comment_prefix = "#";
  CHECK(rows_of("#x\na\n#\nb,#c\n", commented) == Rows{{"a"}, {"b", "#c"}});
  Dialect skipping;
  skipping.skip_blank_rows = true;
  CHECK(rows_of("a\n\n,\nb\n", skipping) == Rows{{"a"}, {"b"}});
}

TEST_CASE(
    "Latin-1 becomes UTF-8, and other bytes that are not UTF-8 are an error with their line") {
  Dialect latin;
  latin.is_latin1 = true;
  CHECK(rows_of("M\xFCller\n", latin) == Rows{{"Müller"}});
  auto input = text_input("a\nb\xFF\n", "t.tsv");
  RecordReader reader(*input, Dialect::tsv());
  std::vector<std::string_view> fields;
  CHECK(reader.next(fields));
  CHECK_THROWS_WITH(reader.next(fields), "t.tsv, line 2: bytes that are not UTF-8");
}

TEST_CASE("Rows know their line, quoted line breaks counted") {
  auto input = text_input("a\n\"b\n\n\"\nc\n", "t.csv");
  RecordReader reader(*input, {});
  std::vector<std::string_view> fields;
  std::vector<std::uint64_t> lines;
  while (reader.next(fields))
    lines.push_back(reader.line());
  CHECK(lines == std::vector<std::uint64_t>{1, 2, 5});
}

TEST_CASE("A quote that nothing closes, and a row without end, are errors") {
  auto input = text_input("a\n\"b\nc\n", "t.csv");
  RecordReader reader(*input, {});
  std::vector<std::string_view> fields;
  reader.next(fields);
  CHECK_THROWS_WITH(reader.next(fields), Catch::Contains("t.csv, line 2: a quote is opened"));
  auto large = text_input(std::string(20'000'000, 'x'), "t.tsv");
  RecordReader large_reader(*large, Dialect::tsv());
  CHECK_THROWS_WITH(large_reader.next(fields), Catch::Contains("more than 16 MB"));
  auto wide = text_input(std::string(1'000'000, ','), "t.csv");
  RecordReader wide_reader(*wide, {});
  CHECK_THROWS_WITH(wide_reader.next(fields), Catch::Contains("more than 100,000 fields"));
}
