#include "base/temporary_folder.h"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

namespace tripten {
namespace {

namespace fs = std::filesystem;

std::ptrdiff_t entries_in(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), {});
}

TEST_CASE("A temporary folder goes with all that is in it") {
  const auto parent = TemporaryFolder::make(fs::temp_directory_path(), "tripten-test-");
  REQUIRE(parent);
  {
    const auto folder = TemporaryFolder::make(parent->path(), "work-");
    REQUIRE(folder);
    fs::create_directories(folder->path() / "deep/er");
    std::ofstream(folder->path() / "deep/file") << "text";
    CHECK(entries_in(parent->path()) == 1);
  }
  CHECK(entries_in(parent->path()) == 0);
}

TEST_CASE("What a dead process left behind is removed, what is in use stays") {
  const auto parent = TemporaryFolder::make(fs::temp_directory_path(), "tripten-test-");
  REQUIRE(parent);
  const auto used = TemporaryFolder::make(parent->path(), "work-");
  for (const char* left : {"work-abcdef", "other-abcdef", "work-longer-name"}) {
    fs::create_directory(parent->path() / left);
    std::ofstream(parent->path() / left / "file") << "text";
  }
  const auto next = TemporaryFolder::make(parent->path(), "work-");
  REQUIRE(used);
  REQUIRE(next);
  CHECK(fs::exists(used->path()));
  CHECK(fs::exists(next->path()));
  CHECK(!fs::exists(parent->path() / "work-abcdef"));
  CHECK(fs::exists(parent->path() / "other-abcdef/file"));
  CHECK(fs::exists(parent->path() / "work-longer-name/file"));
}

TEST_CASE("Where no folder can be made there is none") {
  CHECK(!TemporaryFolder::make("/proc/no-such-folder", "work-"));
}

}  // namespace
}  // namespace tripten
