// Documents of N-Quads.
#include "fuzz/statements.h"

namespace tripten {

void fuzz_nquads(std::string_view text) {
  check_rdf(text, Format::NQuads);
}

}  // namespace tripten
