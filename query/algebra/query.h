// A whole query or update request as algebra: what parsing gives and planning takes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tripten/error.h"

#include "query/algebra/algebra.h"

namespace tripten {

/// FROM and FROM NAMED (§13.2), USING and USING NAMED. Nothing given: the store's own dataset.
struct DatasetClause {
  std::vector<Term> default_graphs{};
  std::vector<Term> named_graphs{};
  bool all_named = false;  ///< Every named graph of the store is there (WITH), none is listed.
  bool empty() const { return default_graphs.empty() && named_graphs.empty(); }
  friend bool operator==(const DatasetClause&, const DatasetClause&) = default;
};

/// A quad of a CONSTRUCT or update template. Blank nodes are Terms, fresh for every solution. An
/// unbound graph Term is the default graph (or WITH's).
struct QuadTemplate {
  PatternTerm subject, predicate, object;
  PatternTerm graph = Term();
  friend bool operator==(const QuadTemplate&, const QuadTemplate&) = default;
};

struct SelectForm {
  std::vector<Variable> variables{};  ///< In the order of the answer's columns.
  friend bool operator==(const SelectForm&, const SelectForm&) = default;
};
struct AskForm {
  friend bool operator==(const AskForm&, const AskForm&) = default;
};
struct ConstructForm {
  std::vector<QuadTemplate> quads{};
  friend bool operator==(const ConstructForm&, const ConstructForm&) = default;
};
struct DescribeForm {
  std::vector<PatternTerm> resources{};
  friend bool operator==(const DescribeForm&, const DescribeForm&) = default;
};

/// A lenient form that was met (vocabulary: "aggregates without GROUP BY", ...): the place and one
/// sentence with the standard form, for standard error.
struct Leniency {
  Position place;
  std::string message;
};

struct Query {
  std::variant<SelectForm, AskForm, ConstructForm, DescribeForm> form{};
  DatasetClause dataset{};
  GraphPattern pattern{};  ///< With all solution modifiers; SELECT's outermost Project included.
  std::string base{};
  std::map<std::string, std::string> prefixes{};  ///< As declared, and known ones that were used.
  std::vector<Leniency> leniencies{};
};

// Update operations (SPARQL 1.1 Update §3), in the order of the request.
enum class GraphTarget : std::uint8_t { Graph, Default, Named, All };

struct InsertData {
  std::vector<QuadTemplate> quads{};
};
struct DeleteData {
  std::vector<QuadTemplate> quads{};
};
/// DELETE/INSERT ... WHERE; DELETE WHERE is one whose template is its pattern.
struct Modify {
  std::vector<QuadTemplate> deletions{}, insertions{};
  DatasetClause dataset{};  ///< USING; WITH <g> gives default_graphs {g} and all_named.
  GraphPattern pattern{};
  std::string base{};  ///< In scope at the operation.
};
struct Load {
  std::string source;
  std::optional<Term> graph{};
  bool silent = false;
};
/// CLEAR and DROP are the same here: a graph exists while it holds quads.
struct Clear {
  GraphTarget target = GraphTarget::All;
  Term graph{};
  bool silent = false;
  bool drop = false;
};
struct Create {
  Term graph;
  bool silent = false;
};
enum class GraphCopy : std::uint8_t { Add, Move, Copy };
struct Transfer {
  GraphCopy kind = GraphCopy::Add;
  Term from{}, to{};  ///< Unbound: the default graph.
  bool silent = false;
};

struct UpdateOperation {
  std::variant<InsertData, DeleteData, Modify, Load, Clear, Create, Transfer> node{};
  Position place{1, 1};
};

struct Update {
  std::vector<UpdateOperation> operations{};
  std::vector<Leniency> leniencies{};
};

}  // namespace tripten
