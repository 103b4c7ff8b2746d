#include "rdf/known_prefixes.h"

namespace tripten {

const std::map<std::string, std::string>& known_prefixes() {
  static const std::map<std::string, std::string> kPrefixes{
      {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
      {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
      {"owl", "http://www.w3.org/2002/07/owl#"},
      {"xsd", "http://www.w3.org/2001/XMLSchema#"},
      {"skos", "http://www.w3.org/2004/02/skos/core#"},
      {"dc", "http://purl.org/dc/elements/1.1/"},
      {"dcterms", "http://purl.org/dc/terms/"},
      {"foaf", "http://xmlns.com/foaf/0.1/"},
      {"schema", "http://schema.org/"},
      {"prov", "http://www.w3.org/ns/prov#"},
      {"pav", "http://purl.org/pav/"},
      {"void", "http://rdfs.org/ns/void#"},
      {"sh", "http://www.w3.org/ns/shacl#"},
      {"cito", "http://purl.org/spar/cito/"},
      {"sio", "http://semanticscience.org/resource/"},
      {"obo", "http://purl.obolibrary.org/obo/"},
      {"wp", "http://vocabularies.wikipathways.org/wp#"},
      {"gpml", "http://vocabularies.wikipathways.org/gpml#"},
      {"wprdf", "http://rdf.wikipathways.org/"},
      {"cur", "http://vocabularies.wikipathways.org/wp#Curation:"},
      {"wd", "http://www.wikidata.org/entity/"},
      {"wdt", "http://www.wikidata.org/prop/direct/"},
      {"up", "http://purl.uniprot.org/core/"},
      {"biolink", "https://w3id.org/biolink/vocab/"},
      {"pf", "urn:tripten:pf#"},
      {"pfocr", "https://pfocr.wikipathways.org/figures/"},
      {"ncbigene", "https://identifiers.org/ncbigene/"},
      {"chebi", "https://identifiers.org/chebi/CHEBI:"},
      {"mesh", "http://id.nlm.nih.gov/mesh/"},
      {"doid", "http://purl.obolibrary.org/obo/DOID_"},
      {"wikipathways", "https://identifiers.org/wikipathways/"},
      {"hgnc.symbol", "https://identifiers.org/hgnc.symbol/"},
      {"pubmed", "https://identifiers.org/pubmed/"},
      {"pmc", "https://identifiers.org/pmc/"},
      {"doi", "https://doi.org/"},
      {"taxon", "http://purl.obolibrary.org/obo/NCBITaxon_"},
      {"drugbank", "https://identifiers.org/drugbank/"},
      {"uniprot", "https://identifiers.org/uniprot/"},
      {"ensembl", "https://identifiers.org/ensembl/"}};
  return kPrefixes;
}

}  // namespace tripten
