// The initial context of CSV on the Web (RDFa's), then what Tripten knows in queries.
#include "import/prefixes.h"

#include <cctype>

namespace tripten {

namespace {

const Prefixes& known() {
  static const Prefixes prefixes{
      {"as", "https://www.w3.org/ns/activitystreams#"},
      {"biolink", "https://w3id.org/biolink/vocab/"},
      {"cc", "http://creativecommons.org/ns#"},
      {"chebi", "https://identifiers.org/chebi/CHEBI:"},
      {"cito", "http://purl.org/spar/cito/"},
      {"csvw", "http://www.w3.org/ns/csvw#"},
      {"ctag", "http://commontag.org/ns#"},
      {"cur", "http://vocabularies.wikipathways.org/wp#Curation:"},
      {"dc", "http://purl.org/dc/terms/"},
      {"dc11", "http://purl.org/dc/elements/1.1/"},
      {"dcat", "http://www.w3.org/ns/dcat#"},
      {"dcterms", "http://purl.org/dc/terms/"},
      {"dctypes", "http://purl.org/dc/dcmitype/"},
      {"doi", "https://doi.org/"},
      {"doid", "http://purl.obolibrary.org/obo/DOID_"},
      {"dqv", "http://www.w3.org/ns/dqv#"},
      {"drugbank", "https://identifiers.org/drugbank/"},
      {"duv", "https://www.w3.org/ns/duv#"},
      {"ensembl", "https://identifiers.org/ensembl/"},
      {"foaf", "http://xmlns.com/foaf/0.1/"},
      {"gpml", "http://vocabularies.wikipathways.org/gpml#"},
      {"gr", "http://purl.org/goodrelations/v1#"},
      {"grddl", "http://www.w3.org/2003/g/data-view#"},
      {"hgnc.symbol", "https://identifiers.org/hgnc.symbol/"},
      {"ical", "http://www.w3.org/2002/12/cal/icaltzd#"},
      {"ldp", "http://www.w3.org/ns/ldp#"},
      {"ma", "http://www.w3.org/ns/ma-ont#"},
      {"mesh", "http://id.nlm.nih.gov/mesh/"},
      {"ncbigene", "https://identifiers.org/ncbigene/"},
      {"oa", "http://www.w3.org/ns/oa#"},
      {"obo", "http://purl.obolibrary.org/obo/"},
      {"og", "http://ogp.me/ns#"},
      {"org", "http://www.w3.org/ns/org#"},
      {"owl", "http://www.w3.org/2002/07/owl#"},
      {"pav", "http://purl.org/pav/"},
      {"pf", "urn:tripten:pf#"},
      {"pfocr", "https://pfocr.wikipathways.org/figures/"},
      {"pmc", "https://identifiers.org/pmc/"},
      {"prov", "http://www.w3.org/ns/prov#"},
      {"pubmed", "https://identifiers.org/pubmed/"},
      {"qb", "http://purl.org/linked-data/cube#"},
      {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
      {"rdfa", "http://www.w3.org/ns/rdfa#"},
      {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
      {"rev", "http://purl.org/stuff/rev#"},
      {"rif", "http://www.w3.org/2007/rif#"},
      {"rr", "http://www.w3.org/ns/r2rml#"},
      {"schema", "http://schema.org/"},
      {"sd", "http://www.w3.org/ns/sparql-service-description#"},
      {"sh", "http://www.w3.org/ns/shacl#"},
      {"sio", "http://semanticscience.org/resource/"},
      {"sioc", "http://rdfs.org/sioc/ns#"},
      {"skos", "http://www.w3.org/2004/02/skos/core#"},
      {"skosxl", "http://www.w3.org/2008/05/skos-xl#"},
      {"taxon", "http://purl.obolibrary.org/obo/NCBITaxon_"},
      {"time", "http://www.w3.org/2006/time#"},
      {"uniprot", "https://identifiers.org/uniprot/"},
      {"up", "http://purl.uniprot.org/core/"},
      {"v", "http://rdf.data-vocabulary.org/#"},
      {"vcard", "http://www.w3.org/2006/vcard/ns#"},
      {"void", "http://rdfs.org/ns/void#"},
      {"wd", "http://www.wikidata.org/entity/"},
      {"wdr", "http://www.w3.org/2007/05/powder#"},
      {"wdt", "http://www.wikidata.org/prop/direct/"},
      {"wikipathways", "https://identifiers.org/wikipathways/"},
      {"wp", "http://vocabularies.wikipathways.org/wp#"},
      {"wprdf", "http://rdf.wikipathways.org/"},
      {"wrds", "http://www.w3.org/2007/05/powder-s#"},
      {"xhv", "http://www.w3.org/1999/xhtml/vocab#"},
      {"xml", "http://www.w3.org/XML/1998/namespace"},
      {"xsd", "http://www.w3.org/2001/XMLSchema#"},
  };
  return prefixes;
}

}  // namespace

std::optional<std::string> expand_compact_iri(std::string_view text, const Prefixes& declared) {
  std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.substr(colon + 1).starts_with("//"))
    return std::nullopt;
  std::string_view prefix = text.substr(0, colon), local = text.substr(colon + 1);
  auto with = [&](const Prefixes& prefixes, std::string_view name) -> std::optional<std::string> {
    auto found = prefixes.find(name);
    if (found == prefixes.end()) return std::nullopt;
    return found->second + std::string(local);
  };
  if (auto iri = with(declared, prefix)) return iri;
  if (auto iri = with(known(), prefix)) return iri;
  std::string lower(prefix);
  for (char& c : lower)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return with(known(), lower);
}

}  // namespace tripten
