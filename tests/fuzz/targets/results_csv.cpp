// Result documents in CSV.
#include "fuzz/solutions.h"

namespace tripten {

void fuzz_results_csv(std::string_view text) {
  check_solutions(text, Format::Csv);
}

}  // namespace tripten
