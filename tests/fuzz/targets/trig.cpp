// Documents of TriG.
#include "fuzz/statements.h"

namespace tripten {

void fuzz_trig(std::string_view text) {
  check_rdf(text, Format::TriG);
}

}  // namespace tripten
