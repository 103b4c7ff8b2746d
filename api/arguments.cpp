#include "api/arguments.h"

#include <fmt/format.h>

#include "base/in_threads.h"

namespace tripten {

ParseOptions parse_options(const QueryOptions& options, const QueryResources& resources) {
  ParseOptions parse{.base = std::string(options.base),
                     .strict = options.strict,
                     .memory_bytes = options.memory_limit ? options.memory_limit : resources.memory,
                     .first_line = options.first_line};
  for (const auto& [name, value] : options.parameters)
    parse.parameters[std::string(name)] = std::string(value);
  for (const auto& [prefix, iri] : options.prefixes)
    parse.prefixes[std::string(prefix)] = std::string(iri);
  return parse;
}

RunOptions run_options(const QueryOptions& options, const QueryResources& resources) {
  return {.memory_bytes = options.memory_limit ? options.memory_limit : resources.memory,
          .batch_rows = options.batch_rows,
          .optimise = options.optimise,
          .profile = options.profile,
          .spill_folders = resources.spill_folders,
          .disk_bytes = options.disk_limit,
          .services = {.allowed = options.allow_service,
                       .timeout = options.service_timeout,
                       .transport = options.service},
          .threads = options.threads ? options.threads : processor_threads(),
          .known_values = resources.known_values.get(),
          .progress = options.progress};
}

RunOptions run_options(const QueryOptions& options, std::string_view sparql,
                       const ParseOptions& parsed_with,
                       const std::map<std::string, std::string>& prefixes,
                       const QueryResources& resources) {
  RunOptions run = run_options(options, resources);
  for (const auto& [name, term] : options.bindings)
    run.bindings[std::string(name)] = term;
  if (parsed_with.parameters.empty()) return run;
  std::map<std::string, std::string> declared = prefixes;
  declared.insert(parsed_with.prefixes.begin(), parsed_with.prefixes.end());
  for (const auto& [name, value] : parsed_with.parameters)
    if (parsed_with.strict || !has_parameter(sparql, name))
      run.bindings[name] = parse_parameter(value, declared);
  return run;
}

std::vector<std::string> notes_of(const std::vector<Leniency>& leniencies) {
  std::vector<std::string> notes;
  for (const auto& [place, message] : leniencies)
    notes.push_back(fmt::format("line {}, column {}: {}", place.first, place.second, message));
  return notes;
}

}  // namespace tripten
