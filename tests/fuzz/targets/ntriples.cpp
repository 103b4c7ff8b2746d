// Documents of N-Triples.
#include "fuzz/statements.h"

namespace tripten {

void fuzz_ntriples(std::string_view text) {
  check_rdf(text, Format::NTriples);
}

}  // namespace tripten
