// Files for what does not fit into memory: limits, and what is left behind (nothing).
#include "base/spill_space.h"

#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "tripten/error.h"

#include "base/temporary_folder.h"

using namespace tripten;

namespace {

TemporaryFolder test_folder() {
  auto folder =
      TemporaryFolder::make(std::filesystem::temp_directory_path(), "tripten-spill-test-");
  REQUIRE(folder);
  return std::move(*folder);
}

}  // namespace

TEST_CASE("A spill file gives back what was appended and leaves no name in its folder") {
  const TemporaryFolder folder = test_folder();
  SpillSpace space({folder.path()});
  SpillFile file = space.make_file();
  file.append("abc");
  file.append("defg");
  CHECK(std::filesystem::is_empty(folder.path()));
  std::string text(4, ' ');
  file.read(2, text.data(), text.size());
  CHECK(text == "cdef");
  CHECK(space.used() == 7);
}

TEST_CASE("A spill space refuses what passes its limit, and has room again when files go") {
  const TemporaryFolder folder = test_folder();
  SpillSpace space({folder.path()}, 10);
  {
    SpillFile first = space.make_file();
    SpillFile second = space.make_file();
    first.append("123456");
    try {
      second.append("12345");
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Limit);
      CHECK(std::string(error.what()).find("temporary files") != std::string::npos);
    }
    second.append("1234");
    CHECK(space.used() == 10);
  }
  CHECK(space.used() == 0);
  CHECK(space.written() == 10);
  space.make_file().append("1234567890");
}

TEST_CASE("A spill file that moves is charged once") {
  const TemporaryFolder folder = test_folder();
  SpillSpace space({folder.path()}, 10);
  {
    SpillFile file = space.make_file();
    file.append("123456");
    const SpillFile moved = std::move(file);
    CHECK(space.used() == 6);
  }
  CHECK(space.used() == 0);
}

TEST_CASE("A spill space takes the first folder that lets it") {
  const TemporaryFolder folder = test_folder();
  SpillSpace space({folder.path() / "missing", folder.path()});
  space.make_file().append("x");
  SpillSpace none({folder.path() / "missing"});
  CHECK_THROWS_AS(none.make_file(), Error);
}
