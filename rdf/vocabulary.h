// IRIs of the vocabularies that RDF and SPARQL are defined with: rdf:, rdfs: and xsd:.
#pragma once

#include <string_view>

namespace tripten {

// RDF 1.1 and RDF Schema 1.1.
constexpr std::string_view kRdfNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kRdfFirst = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
constexpr std::string_view kRdfRest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
constexpr std::string_view kRdfNil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
constexpr std::string_view kRdfLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
constexpr std::string_view kRdfsNamespace = "http://www.w3.org/2000/01/rdf-schema#";
constexpr std::string_view kRdfsLabel = "http://www.w3.org/2000/01/rdf-schema#label";
constexpr std::string_view kRdfsComment = "http://www.w3.org/2000/01/rdf-schema#comment";
constexpr std::string_view kRdfsClass = "http://www.w3.org/2000/01/rdf-schema#Class";
constexpr std::string_view kRdfsSubClassOf = "http://www.w3.org/2000/01/rdf-schema#subClassOf";

// XML Schema Definition Language 1.1 part 2, Datatypes.
constexpr std::string_view kXsdNamespace = "http://www.w3.org/2001/XMLSchema#";
constexpr std::string_view kXsdString = "http://www.w3.org/2001/XMLSchema#string";
constexpr std::string_view kXsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean";
constexpr std::string_view kXsdInteger = "http://www.w3.org/2001/XMLSchema#integer";
constexpr std::string_view kXsdDecimal = "http://www.w3.org/2001/XMLSchema#decimal";
constexpr std::string_view kXsdFloat = "http://www.w3.org/2001/XMLSchema#float";
constexpr std::string_view kXsdDouble = "http://www.w3.org/2001/XMLSchema#double";
constexpr std::string_view kXsdDate = "http://www.w3.org/2001/XMLSchema#date";
constexpr std::string_view kXsdTime = "http://www.w3.org/2001/XMLSchema#time";
constexpr std::string_view kXsdDateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
constexpr std::string_view kXsdGYear = "http://www.w3.org/2001/XMLSchema#gYear";
constexpr std::string_view kXsdGYearMonth = "http://www.w3.org/2001/XMLSchema#gYearMonth";
constexpr std::string_view kXsdGMonth = "http://www.w3.org/2001/XMLSchema#gMonth";
constexpr std::string_view kXsdGMonthDay = "http://www.w3.org/2001/XMLSchema#gMonthDay";
constexpr std::string_view kXsdGDay = "http://www.w3.org/2001/XMLSchema#gDay";
constexpr std::string_view kXsdDuration = "http://www.w3.org/2001/XMLSchema#duration";
constexpr std::string_view kXsdDayTimeDuration = "http://www.w3.org/2001/XMLSchema#dayTimeDuration";
constexpr std::string_view kXsdYearMonthDuration =
    "http://www.w3.org/2001/XMLSchema#yearMonthDuration";
constexpr std::string_view kXsdAnyUri = "http://www.w3.org/2001/XMLSchema#anyURI";

}  // namespace tripten
