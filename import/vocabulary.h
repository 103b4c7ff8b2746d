// The IRIs that importers write, beside those of rdf/vocabulary.h.
#pragma once

#include <string_view>

#include "rdf/vocabulary.h"

namespace tripten {

constexpr std::string_view kSkosAltLabel = "http://www.w3.org/2004/02/skos/core#altLabel";
constexpr std::string_view kSkosPrefLabel = "http://www.w3.org/2004/02/skos/core#prefLabel";
constexpr std::string_view kSkosExactMatch = "http://www.w3.org/2004/02/skos/core#exactMatch";
constexpr std::string_view kSkosCollection = "http://www.w3.org/2004/02/skos/core#Collection";
constexpr std::string_view kDcTitle = "http://purl.org/dc/elements/1.1/title";
constexpr std::string_view kDctermsTitle = "http://purl.org/dc/terms/title";
constexpr std::string_view kDctermsIdentifier = "http://purl.org/dc/terms/identifier";
constexpr std::string_view kDctermsIsPartOf = "http://purl.org/dc/terms/isPartOf";
constexpr std::string_view kDctermsIssued = "http://purl.org/dc/terms/issued";
constexpr std::string_view kDctermsModified = "http://purl.org/dc/terms/modified";
constexpr std::string_view kDctermsLicense = "http://purl.org/dc/terms/license";
constexpr std::string_view kDctermsPublisher = "http://purl.org/dc/terms/publisher";
constexpr std::string_view kDctermsDescription = "http://purl.org/dc/terms/description";
constexpr std::string_view kDctermsCitation = "http://purl.org/dc/terms/bibliographicCitation";
constexpr std::string_view kFoafPage = "http://xmlns.com/foaf/0.1/page";
constexpr std::string_view kSchemaImageObject = "http://schema.org/ImageObject";
constexpr std::string_view kSchemaScholarlyArticle = "http://schema.org/ScholarlyArticle";
constexpr std::string_view kSchemaArticle = "http://schema.org/Article";
constexpr std::string_view kSchemaCaption = "http://schema.org/caption";
constexpr std::string_view kSchemaContentUrl = "http://schema.org/contentUrl";
constexpr std::string_view kSchemaPosition = "http://schema.org/position";
constexpr std::string_view kSchemaKeywords = "http://schema.org/keywords";
constexpr std::string_view kSchemaMentions = "http://schema.org/mentions";
constexpr std::string_view kSchemaIsPartOf = "http://schema.org/isPartOf";
constexpr std::string_view kSchemaHasPart = "http://schema.org/hasPart";
constexpr std::string_view kSioFigure = "http://semanticscience.org/resource/SIO_000080";

constexpr std::string_view kWpPathway = "http://vocabularies.wikipathways.org/wp#Pathway";
constexpr std::string_view kWpPublication =
    "http://vocabularies.wikipathways.org/wp#PublicationReference";
constexpr std::string_view kWpOrganism = "http://vocabularies.wikipathways.org/wp#organism";
constexpr std::string_view kWpOrganismName = "http://vocabularies.wikipathways.org/wp#organismName";
constexpr std::string_view kWpEntrezGene = "http://vocabularies.wikipathways.org/wp#bdbEntrezGene";
constexpr std::string_view kWpHgncSymbol = "http://vocabularies.wikipathways.org/wp#bdbHgncSymbol";
constexpr std::string_view kWpChebi = "http://vocabularies.wikipathways.org/wp#bdbChEBI";
constexpr std::string_view kWpPathwayTag =
    "http://vocabularies.wikipathways.org/wp#pathwayOntologyTag";
constexpr std::string_view kWpDiseaseTag =
    "http://vocabularies.wikipathways.org/wp#diseaseOntologyTag";
constexpr std::string_view kWpCellTag =
    "http://vocabularies.wikipathways.org/wp#cellTypeOntologyTag";
constexpr std::string_view kWpOntologyTag = "http://vocabularies.wikipathways.org/wp#ontologyTag";

constexpr std::string_view kPfPathwayFigure = "urn:tripten:pf#PathwayFigure";
constexpr std::string_view kPfGene = "urn:tripten:pf#Gene";
constexpr std::string_view kPfChemical = "urn:tripten:pf#Chemical";
constexpr std::string_view kPfDrug = "urn:tripten:pf#Drug";
constexpr std::string_view kPfDisease = "urn:tripten:pf#Disease";
constexpr std::string_view kPfConcept = "urn:tripten:pf#Concept";
constexpr std::string_view kPfSection = "urn:tripten:pf#Section";
constexpr std::string_view kPfMention = "urn:tripten:pf#Mention";
constexpr std::string_view kPfFigure = "urn:tripten:pf#figure";
constexpr std::string_view kPfInSection = "urn:tripten:pf#section";
constexpr std::string_view kPfEntity = "urn:tripten:pf#entity";
constexpr std::string_view kPfWord = "urn:tripten:pf#word";
constexpr std::string_view kPfMatch = "urn:tripten:pf#match";
constexpr std::string_view kPfMatchSource = "urn:tripten:pf#matchSource";
constexpr std::string_view kPfCount = "urn:tripten:pf#count";
constexpr std::string_view kPfAlias = "urn:tripten:pf#alias";
constexpr std::string_view kPfPathwayScore = "urn:tripten:pf#pathwayScore";
constexpr std::string_view kPfUnresolved = "urn:tripten:pf#unresolved";

constexpr std::string_view kObo = "http://purl.obolibrary.org/obo/";
constexpr std::string_view kTaxon = "http://purl.obolibrary.org/obo/NCBITaxon_";

}  // namespace tripten
