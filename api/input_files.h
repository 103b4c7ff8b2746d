// The files that a load names, folders opened.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "tripten/format.h"

namespace tripten {

struct InputFile {
  std::filesystem::path path;  ///< "-" is standard input.
  Format format = Format::Guess;
  std::optional<std::uint64_t> bytes{};  ///< As stored; nothing for standard input and pipes.
};

struct InputFiles {
  std::vector<InputFile> files{};  ///< Folders' files in the order of their names.
  std::uint64_t passed_over = 0;   ///< Files of folders whose names tell no format.
};

/// `format` Guess: each by its name, and a named file whose name tells nothing is Invalid. In
/// folders, hidden files, READMEs, table metadata and files of unknown kind are passed over; a
/// folder with nothing to load is Invalid. A path that does not exist is NotFound.
InputFiles find_input_files(const std::vector<std::filesystem::path>& paths, Format format);

}  // namespace tripten
