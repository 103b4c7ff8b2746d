// Result documents in JSON.
#include "fuzz/solutions.h"

namespace tripten {

void fuzz_results_json(std::string_view text) {
  check_solutions(text, Format::Json);
}

}  // namespace tripten
