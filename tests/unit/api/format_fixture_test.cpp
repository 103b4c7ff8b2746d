// Databases of released formats (tests/fixtures): this version reads, checks and changes them.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

#include "base/temporary_folder.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

std::string dump_of(const Database& database) {
  std::ostringstream text;
  database.snapshot().dump(text);
  return text.str();
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Blank nodes may have other numbers in a later version, and quads another order.
std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (line.find("_:") == std::string::npos) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

bool ask(const Database& database, const std::string& pattern) {
  Result result = database.query("PREFIX : <http://example.org/> ASK { " + pattern + " }");
  std::ostringstream out;
  result.write(out, Format::Csv);
  return out.str().find("true") != std::string::npos;
}

TEST_CASE("Databases of all released formats are read, checked, changed and compacted") {
  const fs::path fixtures = fs::path(TRIPTEN_SOURCE_DIR) / "tests/fixtures";
  const auto folder = TemporaryFolder::make(fs::temp_directory_path(), "tripten-test-");
  REQUIRE(folder);
  int formats = 0;
  for (const auto& entry : fs::directory_iterator(fixtures)) {
    if (!entry.is_directory()) continue;
    ++formats;
    CAPTURE(entry.path());
    const fs::path copy = folder->path() / entry.path().filename();
    fs::copy(entry.path() / "database", copy, fs::copy_options::recursive);
    const auto quads = sorted_lines(read_file(entry.path() / "quads.nq"));
    REQUIRE(quads.size() > 700);
    {
      const Database reader(copy, {.read_only = true});
      CHECK(bool(sorted_lines(dump_of(reader)) == quads));
      CHECK(reader.check() == std::vector<std::string>());
      CHECK(ask(reader, "<urn:last> <urn:in> 'the log'"));
      CHECK(ask(reader, ":kinds :blank/:inner/:label 'deep'"));
      CHECK(!ask(reader, "GRAPH ?g { ?drug :targets :gene5 }"));
      CHECK(reader.info().delta_rows > 0);
      CHECK(reader.info().graphs.size() == 2);
    }
    Database writer(copy);
    CHECK(bool(sorted_lines(dump_of(writer)) == quads));
    writer.update("INSERT DATA { <urn:new> <urn:in> 'this version', 'deep' }");
    writer.compact();
    CHECK(writer.info().delta_rows == 0);
    CHECK(ask(writer, "<urn:new> <urn:in> 'this version'"));
    writer.update("DELETE DATA { <urn:new> <urn:in> 'this version', 'deep' }");
    CHECK(bool(sorted_lines(dump_of(writer)) == quads));
    CHECK(writer.check() == std::vector<std::string>());
  }
  CHECK(formats > 0);
}

}  // namespace
}  // namespace tripten
