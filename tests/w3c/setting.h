// Setting: how the engine runs a suite. The same answers are expected under all settings.
#pragma once

#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "w3c/manifest.h"
#include "w3c/quads.h"

namespace tripten {

struct Setting {
  OpenOptions open{};
  QueryOptions query{};
  bool through_load = false;  ///< Data become blocks of the base; otherwise rows of the delta.
};

/// The files as one dataset; the blank nodes of different files are different ones.
Quads dataset_of(const SuiteFolder& folder, const std::vector<GraphFile>& files);

/// A database in memory that holds the files.
Database database_with(const SuiteFolder& folder, const std::vector<GraphFile>& files,
                       const Setting& setting);

/// The text of a file of the suites.
std::string read_text(const SuiteFolder& folder, const std::string& iri);

}  // namespace tripten
