// Identifiers as sources write them → local ids and IRIs as the vocabulary wants them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tripten {

/// One segment of a path, percent-encoded as `{name}` in a URI template is, so that figures, tables
/// and mappings give one thing one IRI.
std::string iri_segment(std::string_view text);
/// A whole IRI or path: only what no IRI can hold is percent-encoded.
std::string iri_text(std::string_view text);

/// `5728` of `5728`, `ncbigene:5728`.
std::optional<std::string> gene_id(std::string_view text);
/// `D001241` of `D001241`, `mesh:D001241`, `MESH:C556458`.
std::optional<std::string> mesh_id(std::string_view text);
/// `15422` of `chebi:15422`, `CHEBI:15422`, `15422`.
std::optional<std::string> chebi_id(std::string_view text);
/// `0060239` of `doid:0060239`, `DOID:0060239`.
std::optional<std::string> disease_id(std::string_view text);
/// `9606` of `9606`, `taxon:9606`, `NCBITaxon_9606`.
std::optional<std::string> taxon_id(std::string_view text);
/// `PMC8120202`.
std::optional<std::string> pmc_id(std::string_view text);
/// `10.7150/thno.57689`, with or without `doi:` or `https://doi.org/` in front.
std::optional<std::string> doi_id(std::string_view text);
/// `PW_0000013` of `PW:0000013`: the local name in OBO.
std::optional<std::string> obo_id(std::string_view text);

std::string figure_iri(std::string_view figid);
std::string paper_iri(std::string_view pmcid);
std::string gene_iri(std::string_view id);
std::string mesh_iri(std::string_view id);
std::string taxon_iri(std::string_view id);
std::string pathway_iri(std::string_view wpid);

/// The lexical form of an xsd:decimal with the value of a number: `0.98`, `.5`, and `9.5e-05` as
/// `0.000095`. Nothing where it is none, or has an exponent beyond ±30.
std::optional<std::string> decimal_of(std::string_view number);
/// Whether it is four digits.
bool is_year(std::string_view text);

}  // namespace tripten
