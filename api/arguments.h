// From the public options of a call to what parsing and running take.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/tripten.h"

#include "query/algebra/query.h"
#include "query/parse/parse.h"
#include "query/plan/query_run.h"

namespace tripten {

/// What one query may use where its options say nothing.
struct QueryResources {
  std::size_t memory = 0;                              ///< Bytes.
  std::vector<std::filesystem::path> spill_folders{};  ///< For temporary files; see SpillSpace.
  /// What queries found out about the data.
  std::shared_ptr<KnownValues> known_values = std::make_shared<KnownValues>();
};

ParseOptions parse_options(const QueryOptions& options, const QueryResources& resources);

/// All but bindings.
RunOptions run_options(const QueryOptions& options, const QueryResources& resources);

/// Bindings come from options.bindings and from those parameters for which `sparql` has no
/// `{{name}}`.
RunOptions run_options(const QueryOptions& options, std::string_view sparql,
                       const ParseOptions& parsed_with,
                       const std::map<std::string, std::string>& prefixes,
                       const QueryResources& resources);

/// One line a form: "line 1, column 8: ...".
std::vector<std::string> notes_of(const std::vector<Leniency>& leniencies);

}  // namespace tripten
