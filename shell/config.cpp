#include "shell/config.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>

#include "shell/dot_commands.h"
#include "shell/nearest_word.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

constexpr std::array<std::string_view, 8> kSettings{"mode",  "rows",    "labels",  "pager",
                                                    "timer", "timeout", "colours", "strict"};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// The dot command that makes a setting.
std::string command_for(std::string_view line, Config& config) {
  const std::size_t equals = line.find('=');
  const std::string_view name = trimmed(line.substr(0, equals));
  if (equals == std::string_view::npos || name.empty())
    throw UsageError(fmt::format("'{}' is no setting; write name = value", line));
  const std::string_view value = trimmed(line.substr(equals + 1));
  constexpr std::string_view kPrefix = "prefix ";
  if (name.starts_with(kPrefix)) {
    std::string prefix(trimmed(name.substr(kPrefix.size())));
    if (!prefix.ends_with(':')) prefix += ':';
    return fmt::format(".prefixes add {} {}", prefix, value);
  }
  if (std::find(kSettings.begin(), kSettings.end(), name) == kSettings.end()) {
    const std::string near = nearest_word(name, {kSettings.begin(), kSettings.end()});
    throw UsageError(fmt::format("there is no setting '{}'{}", name,
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)));
  }
  if (name == "colours") {
    if (value != "on" && value != "off") throw UsageError("colours are on or off");
    config.colours = value == "on";
    return "";
  }
  if (name == "rows") return fmt::format(".mode auto {}", value);
  return fmt::format(".{} {}", name, value);
}

void report(const std::filesystem::path& file, int line, std::string_view message) {
  report_error(fmt::format("{}, line {}: {}", file.string(), line, message));
}

}  // namespace

std::filesystem::path config_file_of_user() {
  if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder && *folder)
    return std::filesystem::path(folder) / "tripten" / "config";
  if (const char* home = std::getenv("HOME"); home && *home)
    return std::filesystem::path(home) / ".config" / "tripten" / "config";
  return {};
}

Config read_config(const std::filesystem::path& file) {
  constexpr int kMostLines = 10'000;
  Config config;
  std::error_code failure;
  if (file.empty() || !std::filesystem::is_regular_file(file, failure)) return config;
  std::ifstream in(file);
  std::string text;
  for (int line = 1; line <= kMostLines && std::getline(in, text); ++line) {
    const std::string_view setting = trimmed(text);
    if (setting.empty() || setting.starts_with('#')) continue;
    try {
      const std::string command = command_for(setting, config);
      if (command.empty()) continue;
      config.commands.push_back(command);
      config.lines.push_back(line);
    } catch (const UsageError& error) {
      report(file, line, error.what());
    }
  }
  return config;
}

void apply_config(Session& session, const Config& config, const std::filesystem::path& file) {
  for (std::size_t i = 0; i < config.commands.size(); ++i) {
    try {
      run_dot_command(session, config.commands[i], "");
    } catch (const Error& error) {
      report(file, config.lines[i], error.what());
    } catch (const UsageError& error) {
      report(file, config.lines[i], error.what());
    }
  }
}

}  // namespace tripten::shell
