// Pictures of graphs, for Graphviz.
//
// A node for each IRI and blank node that is subject or object, with its label and prefixed name,
// in the colour of its class; an edge for each triple, with the predicate's prefixed name.
// Literals, rdf:type and rdfs:label stand in the node itself.
#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "tripten/solutions.h"

#include "shell/labels.h"

namespace tripten::shell {

/// The graph in the language DOT. Labels and classes that it does not have itself are asked for.
/// Invalid where the answer is no graph and has no two columns of nodes, or too many nodes to be
/// seen.
std::string picture_of(const KeptAnswer& answer, const std::map<std::string, std::string>& prefixes,
                       const Ask& ask);

/// Runs Graphviz's `dot`. NotFound where it is not installed.
std::string drawn_as_svg(const std::string& dot, const std::stop_token& stop);

}  // namespace tripten::shell
