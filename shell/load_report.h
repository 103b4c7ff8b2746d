// Loading with what a person sees of it: progress while it runs, a report at its end.
#pragma once

#include <filesystem>
#include <vector>

#include "tripten/tripten.h"

namespace tripten::shell {

/// NotFound where there is no such file; `-` is standard input.
void refuse_missing(const std::filesystem::path& file);

/// Loads the files and reports on standard error; on terminals with a line of progress.
void load_files(Database& database, const std::vector<std::filesystem::path>& files,
                LoadOptions options);

}  // namespace tripten::shell
