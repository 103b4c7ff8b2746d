// Tests of SPARQL 1.1 Query Results CSV: what is written is read back and compared as text.
#include <sstream>

#include "w3c/answer.h"
#include "w3c/outcome.h"

namespace tripten {

Outcome run_csv_result(const TestEntry& test, const SuiteFolder& folder, const Setting& setting) {
  Database db = database_with(folder, test.data, setting);
  QueryOptions options = setting.query;
  options.base = test.action;
  Result result = db.query(read_text(folder, test.action), options);
  std::stringstream written;
  result.write(written, Format::Csv);
  const std::string other = difference(read_answer(folder.file_of(test.result), test.result),
                                       read_solution_text(written, Format::Csv), {.is_text = true});
  return other.empty() ? passed() : failed("Another table.", other);
}

}  // namespace tripten
