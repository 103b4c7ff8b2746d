// Documents of RDF/XML.
#include "fuzz/statements.h"

namespace tripten {

void fuzz_rdf_xml(std::string_view text) {
  check_rdf(text, Format::RdfXml);
}

}  // namespace tripten
