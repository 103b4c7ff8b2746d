// The parts of the line editor that need no terminal.
#include <clocale>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <stdlib.h>

#include "shell/history.h"
#include "shell/nearest_word.h"
#include "shell/proposal_menu.h"
#include "shell/screen_text.h"
#include "shell/statement_colours.h"
#include "shell/unicode_text.h"

namespace tripten::shell {
namespace {

/// As the editor does.
const char* const kLocale = std::setlocale(LC_CTYPE, "C.UTF-8");

std::string shades(std::string_view text) {
  std::string result;
  for (const Colour colour : colours_of(text))
    result += ".KVNS9#D"[static_cast<int>(colour)];
  return result;
}

TEST_CASE("Statements are coloured by what their parts are, finished or not") {
  CHECK(shades("SELECT ?a { ?a ex:b.c \"x y\" }") == "KKKKKK.VV...VV.NNNNNN.SSSSS..");
  CHECK(shades("ask { <urn:a> a 12 # x\n}") == "KKK...NNNNNNN.K.99.###..");
  CHECK(shades(".explain ASK { \"open") == "DDDDDDDD.KKK...SSSSS");
  CHECK(shades("?a < ?b && ?c > 1") == "VV...VV....VV...9");
  CHECK(shades("") == "");
}

TEST_CASE("Bytes that are no UTF-8 become replacement characters") {
  CHECK(wide("a\xC3\xA9\xF0\x9F\x98\x80") == std::wstring(L"a\u00e9\U0001F600"));
  CHECK(wide("\xC3(\xFF\xED\xA0\x80") == std::wstring(L"\xFFFD(\xFFFD\xFFFD\xFFFD\xFFFD"));
  CHECK(wide("\xF0\x9F") == std::wstring(L"\xFFFD\xFFFD"));
  CHECK(utf8(L"\u00e9\u6771\U0001F600") == "\xC3\xA9\xE6\x9D\xB1\xF0\x9F\x98\x80");
}

TEST_CASE("Texts are cut to columns, wide characters taking two") {
  REQUIRE(kLocale);
  CHECK(columns_of(L"\u6771\u4eac!") == 5);
  CHECK(cut_to(L"\u6771\u4eac!", 5) == L"\u6771\u4eac!");
  CHECK(cut_to(L"\u6771\u4eac!", 4) == L"\u6771\u2026");
}

TEST_CASE("Characters stand where a terminal puts them") {
  const auto places = screen_places(L"ab\ncd\u6771e", 3, 5);
  REQUIRE(places.size() == 8);
  CHECK((places[1].row == 0 && places[1].column == 4));
  CHECK((places[2].row == 1 && places[2].column == 0));  // the row was full
  CHECK((places[3].row == 2 && places[3].column == 0));
  CHECK((places[5].row == 2 && places[5].column == 2));
  CHECK((places[6].row == 2 && places[6].column == 4));
  CHECK((places[7].row == 3 && places[7].column == 0));
}

TEST_CASE("A text with characters that don't show as themselves is not coloured") {
  CHECK(coloured(L"> ", L". ", std::wstring(L"a\x01"), 0, 80).empty());
  CHECK_FALSE(coloured(L"> ", L". ", L"a", 0, 80).empty());
}

TEST_CASE("Choices share a beginning of whole characters") {
  CHECK(common_beginning({{"abc"}, {"abd"}}) == "ab");
  CHECK(common_beginning({{"x\xC3\xA9"}, {"x\xC3\xA8"}}) == "x");
  CHECK(common_beginning({}).empty());
}

TEST_CASE("History keeps whole statements from one session to the next") {
  char folder[] = "/tmp/tripten-history-XXXXXX";
  REQUIRE(mkdtemp(folder));
  const std::filesystem::path file = std::filesystem::path(folder) / "state" / "history";
  {
    History history(file);
    CHECK(history.add("SELECT * {\n ?s ?p \"a\\n\"\n} ;\n"));
    CHECK_FALSE(history.add("SELECT * {\n ?s ?p \"a\\n\"\n} ;"));
    CHECK_FALSE(history.add(" hidden"));
    CHECK(history.add(".help"));
  }
  using Permissions = std::filesystem::perms;
  CHECK(std::filesystem::status(file).permissions() ==
        (Permissions::owner_read | Permissions::owner_write));
  const History again(file);
  CHECK(again.entries() == std::vector<std::string>{"SELECT * {\n ?s ?p \"a\\n\"\n} ;", ".help"});
  std::ofstream(file, std::ios::app) << std::string(100'000, 'x') << "\nlast\n";
  CHECK(History(file).entries().size() == 3);
  std::filesystem::remove_all(folder);
}

TEST_CASE("History is bounded") {
  char folder[] = "/tmp/tripten-history-XXXXXX";
  REQUIRE(mkdtemp(folder));
  const std::filesystem::path file = std::filesystem::path(folder) / "history";
  {
    std::ofstream out(file);
    for (int i = 0; i < 400'000; ++i)
      out << "statement " << i << '\n';
  }
  const History history(file);
  CHECK(history.entries().size() == History::kMost);
  CHECK(history.entries().back() == "statement 399999");
  CHECK(std::filesystem::file_size(file) < 100'000);
  std::filesystem::remove_all(folder);
}

TEST_CASE("The nearest word is one that was misspelt, not any") {
  CHECK(nearest_word(".prefixs", {".prefixes", ".print"}) == ".prefixes");
  CHECK(nearest_word(".hlep", {".help", ".load"}) == ".help");
  CHECK(nearest_word(".xyzzy", {".help", ".load"}).empty());
  CHECK(nearest_word("", {".help"}).empty());
}

}  // namespace
}  // namespace tripten::shell
