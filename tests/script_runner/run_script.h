// Runs one script against a database of its own and checks every block that expects something.
#pragma once

#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "script_runner/script.h"

namespace tripten {

/// How a script runs: the same answers are expected under all settings.
struct Setting {
  std::string name{};  ///< "2 solutions a batch"; empty: the ordinary one.
  OpenOptions open{};
  QueryOptions query{};
  bool through_files = false;  ///< Data are bulk loaded from a file.
};

struct CheckResult {
  int line = 0;           ///< Of the block.
  std::string failure{};  ///< Empty: passed.
};

/// A check a block. What can't run at all (a file that is no script, data that do not load) is a
/// failed check; the blocks after data that failed do not run.
std::vector<CheckResult> run_script(const std::filesystem::path& path, const Setting& setting);

}  // namespace tripten
