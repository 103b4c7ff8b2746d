// The published files, where they lie beside the project: every number here was counted by another
// program than the importer.
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "import/yaml.h"
#include "imported.h"

using namespace tripten;

namespace {

const std::filesystem::path kProject = TRIPTEN_SOURCE_DIR;
const std::filesystem::path kShared = kProject / ".." / "shared";

bool is_here(const std::filesystem::path& folder) {
  if (std::filesystem::exists(kShared / folder)) return true;
  WARN("skipped: ../shared/" << folder.string() << " is not there");
  return false;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kShared / folder))
    if (entry.is_regular_file() && format_of_file(entry.path()) != Format::Guess)
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::size_t figures_with_keyword(const Imported& imported, const std::string& keyword) {
  return imported.statements.count(
      {"pfocr.wikipathways.org/figures/", "<http://schema.org/keywords> \"" + keyword + "\""});
}

}  // namespace

TEST_CASE("The seeds are three figures and an article") {
  if (!is_here("seeds")) return;
  Imported imported = import_files(files_in("seeds"));
  CHECK(imported.report.figures == 3);
  CHECK(imported.report.articles == 1);
  CHECK(imported.report.mentions ==
        std::map<std::string, std::uint64_t>{{"concept", 36}, {"gene", 57}});
  // PTEN is named in two figures: by the list of one, which lends its name to the other.
  CHECK(imported.statements.count({"schema.org/mentions", "ncbigene/5728>"}) == 2);
  CHECK(imported.statements.count({"pf#Section>"}) == 9);
  CHECK(imported.statements.count({"\"МЕК\""}) == 2);
}

TEST_CASE("All published figures are read, with their tables") {
  if (!is_here("data/pfocr/figures")) return;
  Imported imported = import_files(files_in("data/pfocr/figures"));
  CHECK(imported.report.figures == 61);
  CHECK(imported.report.tables == 23);
  CHECK(imported.report.rows == 226);
  CHECK(imported.report.mentions ==
        std::map<std::string, std::uint64_t>{{"chemical", 38}, {"disease", 25}, {"gene", 1425}});
  CHECK(imported.report.keywords_resolved == 1386);
  CHECK(imported.report.keywords_unresolved == 2185);
  for (const auto& [keyword, figures] : std::map<std::string, std::size_t>{
           {"PTEN", 24}, {"BRAF", 16}, {"AKT1", 30}, {"EGFR", 19}, {"TP53", 5}})
    CHECK(figures_with_keyword(imported, keyword) == figures);
  CHECK(imported.statements.count({"schema.org/mentions", "ncbigene/5728>"}) == 24);
  // Keywords as odd as they come.
  for (const char* keyword :
       {"Me  Me  Me ", "PIP3<-PIP2", "l(1)G0020", "si:busm1-180o5.1", "[O]", "On", "Off"})
    CHECK(figures_with_keyword(imported, keyword) >= 1);
  for (const char* nothing : {"\"NA\"", "\".na.character\"", "\"XXX\"", "> \"\""})
    CHECK(imported.statements.count({nothing}) == 0);
  // Every statement is made once.
  std::set<std::string> distinct(imported.statements.lines.begin(),
                                 imported.statements.lines.end());
  CHECK(distinct.size() == imported.statements.lines.size());
  // A second import says the same, and so do the tables without the figures.
  CHECK(import_files(files_in("data/pfocr/figures")).statements.all() == imported.statements.all());
  Imported tables = import_files(files_in("data/pfocr/tables"));
  CHECK(tables.report.figures == 16);
  CHECK(tables.statements.count({"pf#matchSource", "\"famplex_relations\""}) ==
        imported.statements.count({"pf#matchSource", "\"famplex_relations\""}));
}

TEST_CASE("All human pathways of WikiPathways are read") {
  if (!is_here("data/wikipathways/md")) return;
  Imported imported = import_files(files_in("data/wikipathways/md"));
  CHECK(imported.report.figures == 0);
  CHECK(imported.report.articles == 0);
  CHECK(imported.statements.count({"wp#Pathway>"}) == 1020);
  CHECK(imported.statements.count({"wp#diseaseOntologyTag>"}) >= 1140);
}

TEST_CASE("The mappings in datasets cover every table of drugs and figures") {
  if (!is_here("data/drugs")) return;
  ImportOptions options{.mapping = kProject / "datasets" / "mappings"};
  Imported drugs = import_files(files_in("data/drugs"), options);
  CHECK(drugs.report.tables == 12);
  CHECK(drugs.report.rows == 131'505);
  // Rows of drugcentral_rephetio_targets.tsv, and of pharmacotherapydb_indications.tsv and
  // drugcentral_rephetio_indications.tsv that are disease-modifying.
  CHECK(drugs.statements.count({"/drugbank/", "pf#targets", "/ncbigene/"}) == 2991);
  CHECK(drugs.statements.count({"/drugbank/", "pf#treats", "/DOID_"}) == 755 + 359);
  // EGFR's row count.
  CHECK(drugs.statements.count({"/drugbank/", "pf#targets", "/ncbigene/1956>"}) == 5);
}
