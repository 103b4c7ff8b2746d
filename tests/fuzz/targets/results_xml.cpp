// Result documents in XML.
#include "fuzz/solutions.h"

namespace tripten {

void fuzz_results_xml(std::string_view text) {
  check_solutions(text, Format::Xml);
}

}  // namespace tripten
