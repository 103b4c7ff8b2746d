// Update tests: a store, a request, and what the store holds then.
#include <sstream>

#include "w3c/answer.h"
#include "w3c/outcome.h"

namespace tripten {

Outcome run_update_evaluation(const TestEntry& test, const SuiteFolder& folder,
                              const Setting& setting) {
  Database db = database_with(folder, test.data, setting);
  QueryOptions options = setting.query;
  options.base = test.action;
  db.update(read_text(folder, test.action), options);
  std::ostringstream dump;
  db.snapshot().dump(dump, Format::NQuads);
  const std::string other =
      difference(dataset_of(folder, test.result_data), read_quads(dump.str(), Format::NQuads, ""));
  return other.empty() ? passed() : failed("Another dataset.", other);
}

}  // namespace tripten
