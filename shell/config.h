// The user's settings: `$XDG_CONFIG_HOME/tripten/config` or `~/.config/tripten/config`.
//
//   # what the shell begins with
//   mode = box
//   labels = on
//   timeout = 30s
//   prefix ex = <http://example.org/>
//
// A setting a line: mode, rows, labels, pager, timer, timeout, colours, and prefixes.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "shell/session.h"

namespace tripten::shell {

struct Config {
  std::vector<std::string> commands{};  ///< Dot commands that make the settings.
  std::vector<int> lines{};             ///< The line of each.
  bool colours = true;
};

/// Empty without a home.
std::filesystem::path config_file_of_user();

/// What the file says. A line that makes no sense is reported and left out; no file is no settings.
Config read_config(const std::filesystem::path& file);

/// Makes the settings; what is wrong with one is reported with its line.
void apply_config(Session& session, const Config& config, const std::filesystem::path& file);

}  // namespace tripten::shell
