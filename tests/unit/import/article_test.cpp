// Articles with concept links.
#include "import/article.h"

#include <catch2/catch.hpp>

#include "imported.h"

using namespace tripten;

TEST_CASE("Headings open sections, nested by their level and in order") {
  Article article =
      read_article("# Title\nintro\n## A\n### A1\n### A2 ##\n## B\n#### deep\n## C\n");
  CHECK(article.title == "Title");
  REQUIRE(article.sections.size() == 7);
  CHECK(article.sections[1].title == "A");
  CHECK(article.sections[3].title == "A2");
  CHECK(article.sections[3].parent == 1);
  CHECK(article.sections[3].position == 2);
  CHECK(article.sections[5].title == "deep");
  CHECK(article.sections[5].parent == 4);
  CHECK(article.sections[6].position == 3);
}

TEST_CASE("What looks like a heading and is none is text") {
  Article article = read_article("```\n# code\n```\n#hash\n####### seven\n~~~\n## no\n");
  CHECK(article.title.empty());
  CHECK(article.sections.size() == 1);
}

TEST_CASE("A second heading of the first level is a section") {
  Article article = read_article("# One\n# Two\n## In two\n");
  CHECK(article.title == "One");
  REQUIRE(article.sections.size() == 3);
  CHECK(article.sections[2].parent == 1);
}

TEST_CASE("Concept marks are mentions of their section, equal ones counted") {
  Article article = read_article(
      "before [x](@entry_id:1)\n## A\n[iodine](@entry_id:148908) and [iodine](@entry_id:148908), "
      "[[nested] word](@entry_id:2) [link](http://a) [](@entry_id:3) [open(@entry_id:4) "
      "[x](@entry_id:) [y](@entry_id:5\n## [Head](@entry_id:6) *line*\n");
  REQUIRE(article.mentions.size() == 5);
  CHECK(article.mentions[0].section == 0);
  CHECK(article.mentions[1].section == 1);
  CHECK(article.mentions[1].count == 2);
  CHECK(article.mentions[2].word == "[nested] word");
  CHECK(article.mentions[3].word.empty());
  CHECK(article.mentions[4].concept_id == "6");
  CHECK(article.sections[2].title == "Head line");
}

TEST_CASE("Text full of brackets takes linear time") {
  std::string text(2'000'000, '[');
  for (int i = 0; i < 2000; ++i)
    text += "](@entry_id:1)";
  CHECK(read_article(text).mentions.size() <= 2000);
  CHECK(read_article(std::string(1'000'000, '#')).sections.size() == 1);
}

TEST_CASE("Articles of a load share their concepts, labelled by the words most often used") {
  TestFolder folder;
  Imported imported = import_files(
      {folder.write("one.md", "# One\n## S\n[Iodide](@entry_id:1) [**iodine**](@entry_id:1)\n"),
       folder.write("two.txt", "## S\n[iodine](@entry_id:1)\n")},
      {.base = "http://ex.org/"});
  const CollectedStatements& all = imported.statements;
  CHECK(imported.report.articles == 2);
  CHECK(imported.report.mentions["concept"] == 3);
  CHECK(
      all.has("<http://ex.org/one.md> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
              "<http://schema.org/Article>"));
  CHECK(all.has("<http://ex.org/one.md> <http://purl.org/dc/terms/title> \"One\""));
  CHECK(all.has("<http://ex.org/one.md> <http://schema.org/hasPart> <http://ex.org/one.md#s-1>"));
  CHECK(all.has("<http://ex.org/two.txt#s-1> <http://schema.org/mentions> <urn:tripten:entry:1>"));
  CHECK(all.has("<urn:tripten:entry:1> <http://www.w3.org/2000/01/rdf-schema#label> \"iodine\""));
  CHECK(all.count({"<urn:tripten:entry:1> <http://www.w3.org/2000/01/rdf-schema#label>"}) == 1);
  CHECK(all.count({"pf#word", "\"**iodine**\""}) == 1);
}

TEST_CASE("Front matter of an article gives its title") {
  TestFolder folder;
  Imported imported = import_files({folder.write("a.md", "---\ntitle: Given\n---\n# Own\ntext\n")},
                                   {.base = "http://ex.org/"});
  CHECK(imported.statements.count({"terms/title"}) == 1);
  CHECK(imported.statements.has("<http://ex.org/a.md> <http://purl.org/dc/terms/title> \"Given\""));
}

TEST_CASE("A document with nothing in it is an error that says so") {
  TestFolder folder;
  CHECK_THAT(error_of_import({folder.write("a.md", "")}), Catch::Contains("a.md: the document is"));
  CHECK_THAT(error_of_import({folder.write("b.md", "---\ntitle: x\n---\n")}),
             Catch::Contains("no figid"));
}
