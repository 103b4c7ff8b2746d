// Every input that a fuzzer has ever found wrong, and the corpora that it starts from.
#include "fuzz/corpus_test.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "tripten/error.h"

namespace tripten {
namespace {

std::vector<std::filesystem::path> files_of(std::string_view folder, std::string_view target) {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path place =
      std::filesystem::path(TRIPTEN_SOURCE_DIR) / "tests/fuzz" / folder / target;
  if (std::filesystem::exists(place))
    for (const auto& entry : std::filesystem::directory_iterator(place))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void run(const FuzzTarget& target, const std::filesystem::path& file) {
  INFO(file.string());
  std::ifstream in(file, std::ios::binary);
  const std::string input((std::istreambuf_iterator<char>(in)), {});
  try {
    target.run(input);
    SUCCEED();
  } catch (const std::exception& error) {
    FAIL_CHECK(error.what());
  }
}

TEST_CASE("What fuzzers have found stays mended") {
  for (const FuzzTarget& target : fuzz_targets())
    for (const std::filesystem::path& file : files_of("found", target.name))
      run(target, file);
}

TEST_CASE("No target has anything to say about its corpus") {
  for (const FuzzTarget& target : fuzz_targets()) {
    const auto files = files_of("corpus", target.name);
    INFO(target.name);
    CHECK_FALSE(files.empty());
    for (const std::filesystem::path& file : files)
      run(target, file);
  }
}

}  // namespace
}  // namespace tripten
