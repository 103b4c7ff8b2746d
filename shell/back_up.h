// A backup with its progress, for `tripten backup` and `.backup`.
#pragma once

#include <filesystem>
#include <stop_token>

#include "tripten/tripten.h"

namespace tripten::shell {

/// Database::backup(), which shows on a terminal how far it is.
void back_up(const Database& database, const std::filesystem::path& folder, std::stop_token stop);

}  // namespace tripten::shell
