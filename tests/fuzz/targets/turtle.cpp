// Documents of Turtle.
#include "fuzz/statements.h"

namespace tripten {

void fuzz_turtle(std::string_view text) {
  check_rdf(text, Format::Turtle);
}

}  // namespace tripten
