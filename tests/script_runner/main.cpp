// test_scripts: runs `.test` files and folders of them; see script.h for what they are.
//
//   test_scripts tests/scripts               under every setting below
//   test_scripts --batch-rows 2 FILE...      under this one: also --block-rows N, --no-optimiser,
//                                            --memory BYTES, --ordinary
//
// A failed check is reported with its file and line; the last line is `N passed, N failed`. A check
// passes when it does under all settings.
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <map>
#include <string_view>
#include <vector>

#include "script_runner/run_script.h"

namespace tripten {

namespace {

struct Arguments {
  std::vector<std::filesystem::path> paths{};
  std::vector<Setting> settings{};
};

/// Each of these finds defects that an ordinary run does not: rows that cross batches, blocks and
/// deltas, plans that follow the text, operators that spill.
std::vector<Setting> all_settings() {
  std::vector<Setting> settings(5);
  settings[1].name = "2 solutions a batch";
  settings[1].query.batch_rows = 2;
  settings[2].name = "4 rows a block, bulk load";
  settings[2].open.block_rows = 4;
  settings[2].through_files = true;
  settings[3].name = "no optimiser";
  settings[3].query.optimise = false;
  settings[4].name = "16 MB of memory";
  settings[4].query.memory_limit = std::size_t{16} << 20;
  return settings;
}

class Usage : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || value == 0)
    throw Usage("'" + std::string(text) + "' is no number");
  return value;
}

Arguments read_arguments(const std::vector<std::string_view>& words) {
  Arguments arguments;
  Setting own;
  bool has_own = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    auto value = [&] {
      if (i + 1 == words.size()) throw Usage(std::string(word) + " needs a number");
      return number(words[++i]);
    };
    if (!word.starts_with("--")) {
      arguments.paths.emplace_back(word);
      continue;
    }
    has_own = true;
    if (word == "--batch-rows") {
      own.query.batch_rows = value();
    } else if (word == "--block-rows") {
      own.open.block_rows = static_cast<std::uint32_t>(value());
      own.through_files = true;
    } else if (word == "--memory") {
      own.query.memory_limit = value();
    } else if (word == "--no-optimiser") {
      own.query.optimise = false;
    } else if (word != "--ordinary") {
      throw Usage("no option is named '" + std::string(word) + "'");
    }
  }
  if (arguments.paths.empty()) throw Usage("which files or folders?");
  arguments.settings = has_own ? std::vector{own} : all_settings();
  return arguments;
}

std::vector<std::filesystem::path> scripts_in(const std::vector<std::filesystem::path>& paths) {
  namespace fs = std::filesystem;
  std::vector<fs::path> scripts;
  for (const fs::path& path : paths) {
    if (!fs::exists(path)) throw Usage(path.string() + ": there is no such file");
    if (!fs::is_directory(path)) {
      scripts.push_back(path);
      continue;
    }
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path))
      if (entry.path().extension() == ".test") scripts.push_back(entry.path());
  }
  std::sort(scripts.begin(), scripts.end());
  return scripts;
}

/// Runs a script under all settings; false for the lines where a check failed under one of them.
std::map<int, bool> run_all(const std::filesystem::path& script,
                            const std::vector<Setting>& settings) {
  std::map<int, bool> checks;
  for (const Setting& setting : settings) {
    for (const CheckResult& check : run_script(script, setting)) {
      const bool passed = check.failure.empty();
      const bool is_new = checks.try_emplace(check.line, true).first->second;
      if (passed || !is_new) continue;  // one report a check
      checks[check.line] = false;
      std::cout << script.string() << ':' << check.line << ": ";
      if (!setting.name.empty()) std::cout << '[' << setting.name << "] ";
      std::cout << check.failure << std::flush;
    }
  }
  return checks;
}

int run(const Arguments& arguments) {
  int passed = 0, failed = 0;
  for (const std::filesystem::path& script : scripts_in(arguments.paths))
    for (const auto& [line, good] : run_all(script, arguments.settings))
      ++(good ? passed : failed);
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed || !passed ? 1 : 0;
}

}  // namespace

}  // namespace tripten

int main(int count, char** words) {
  try {
    return tripten::run(tripten::read_arguments({words + 1, words + count}));
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 2;
  }
}
