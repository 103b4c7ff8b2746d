// Result documents in TSV.
#include "fuzz/solutions.h"

namespace tripten {

void fuzz_results_tsv(std::string_view text) {
  check_solutions(text, Format::Tsv);
}

}  // namespace tripten
