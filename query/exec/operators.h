// The operators that a plan is built of: one function each, which builds one node over its inputs.
//
// Ids are compared as they are: inside one query two ids are equal exactly when their terms are.
// A variable may be unbound (kUnbound) in a row; two rows are compatible (SPARQL 1.1 §18.3) when no
// shared variable is bound to different terms on the two sides.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/exec/operator.h"
#include "query/expr/evaluator.h"
#include "storage/quad.h"
#include "storage/term_ranges.h"

namespace tripten {

/// Which graphs a pattern reads (the active graph, §13.3).
struct ActiveGraph {
  enum class Kind : std::uint8_t {
    One,    ///< The graph `graphs[0]`; kDefaultGraph is the store's default graph.
    Merge,  ///< The RDF merge of `graphs` (several FROM): equal triples count once. May be empty.
    EachNamed,  ///< Every named graph (or only `graphs`, where restricted); binds `variable` to it.
    Parameter   ///< The one that GraphLoop is at: QueryContext::current_graph.
  };
  Kind kind = Kind::One;
  std::vector<TermId> graphs{kDefaultGraph};
  bool restricted = false;             ///< EachNamed: only `graphs`, not all named ones.
  std::optional<Variable> variable{};  ///< EachNamed.
};

/// A place of a scan pattern: a variable, or the id of a term of the database. A term that the
/// database does not have makes the planner choose no_solutions() instead.
struct ScanTerm {
  std::optional<Variable> variable{};
  TermId id{};
  Term term{};  ///< The term of `id`, for explain alone; may be left out.
};
/// A triple pattern whose constants are ids. The same variable may stand in several places (then
/// only rows with equal terms there match), also in the active graph's variable.
struct ScanPattern {
  ScanTerm subject, predicate, object;
  ActiveGraph graph{};
};

/// One solution without bindings; no solutions, with columns.
OperatorPtr one_solution();
OperatorPtr no_solutions(std::vector<Variable> variables);
OperatorPtr values_rows(const Values& values, QueryTerms& terms);

/// The rows of a scan whose first free column, in the scan's order, is in [low, high). Set before
/// the scan is opened.
struct ScanPart {
  TermId low{};                  ///< Nothing: from the first row.
  std::optional<TermId> high{};  ///< Nothing: to the last row.
};
/// The quads of a pattern in an order of the index. sorted_by: the columns of the order's free
/// positions as far as they are variables. With `ranges` (ascending, apart from each other) only
/// the rows whose first one of these columns is in one of them; the others are not read. With a
/// `part`, only those in it. The order then begins with a triple's position.
OperatorPtr index_scan(const ScanPattern& pattern, QuadOrder order,
                       std::vector<IdRange> ranges = {}, std::shared_ptr<const ScanPart> part = {});
/// The different values of the `wanted` variables, each with the number of solutions that have
/// them as `multiplicity` (query/exec/multiplicity.h), where asked for. The order has the constants
/// first and the wanted variables next; no variable stands twice, and the graph's is not wanted.
/// sorted_by: all wanted ones, in that order. Nothing wanted: one row, none where there is nothing.
/// With `ranges`, rows whose first wanted value is in none of them may be missing.
OperatorPtr counted_scan(const ScanPattern& pattern, QuadOrder order,
                         const std::set<Variable>& wanted,
                         const std::optional<Variable>& multiplicity,
                         std::vector<IdRange> ranges = {});
/// Several copies of one plan, each for a thread of its own, of which each gives the rows of
/// `part`.
struct Pipeline {
  OperatorPtr root{};
  std::shared_ptr<ScanPart> part{};
};
/// All rows of the plan, in the order of its scans: the pipelines take turns at the parts into
/// which the scan of `pattern` in `order` is cut. Every scan of a pipeline that has the part
/// begins, after its constants, with one and the same variable. sorted_by: as a pipeline.
OperatorPtr gather(std::vector<Pipeline> pipelines, const ScanPattern& pattern, QuadOrder order);
/// One row: how many rows the pattern has, in each of `results`. All its variables are different,
/// and its graphs are no Merge.
OperatorPtr pattern_count(const ScanPattern& pattern, const std::vector<Variable>& results);
/// For each row of `left` the matches of the pattern with the row's values put in (also for
/// OPTIONAL: rows without match stay where `optional`). Shared variables may be unbound in a row.
/// Looks up a batch's keys in sorted order. Keeps the order of left.
OperatorPtr index_join(OperatorPtr left, const ScanPattern& pattern, bool optional);

/// Both inputs sorted by `variable` (ascending ids, first in sorted_by), bound in every row of
/// both; other shared variables are compared per pair, but for one by which right is sorted next,
/// which is searched for. Gallops.
OperatorPtr merge_join(OperatorPtr left, OperatorPtr right, const Variable& variable);

/// A use of one input by a multiway join, which knows the input's columns by these names.
struct MultiwayPart {
  std::size_t input = 0;
  std::vector<Variable> variables{};
};
/// Joins all parts, a variable at a time in the given order, which has each of their variables once
/// and is the result's order. All columns of the inputs are bound in every row; parts that share an
/// input have its columns in the same order of variables. Keeps the inputs' rows, and sorts those
/// that do not come sorted by the order.
OperatorPtr multiway_join(std::vector<OperatorPtr> inputs, std::vector<MultiwayPart> parts,
                          std::vector<Variable> order);

enum class JoinKind : std::uint8_t {
  Inner,
  Left,  ///< LeftJoin: rows of left without a compatible row (passing `condition`) stay,
         ///< unextended.
  Semi,  ///< Rows of left that have a compatible row (passing `condition`).
  Anti,  ///< Rows of left that have none.
  Minus  ///< Rows of left without a compatible row that shares at least one bound variable (§18.5).
};
/// Joins on all shared variables; builds a table of the right input (Inner: of `build_left ? left :
/// right`). Without shared variables a product. Unbound shared variables are handled exactly: they
/// are compatible with everything. Semi, Anti and Minus keep left's schema. `condition` sees the
/// columns of both sides. `keeps_table`: when it is opened again with the same context, the
/// table's input would give the same rows, and is not opened.
OperatorPtr hash_join(OperatorPtr left, OperatorPtr right, JoinKind kind,
                      const std::optional<Expression>& condition, const ExistsFactory& exists,
                      bool build_left = false, bool keeps_table = false);

OperatorPtr filter_rows(OperatorPtr input, const Expression& condition,
                        const ExistsFactory& exists);
/// Binds `variable` to the expression's value, unbound on error. Inputs that have the column bound
/// already keep that value (joins of Extend with the same name do not reach here: the parser
/// forbids).
OperatorPtr extend_rows(OperatorPtr input, const Variable& variable, const Expression& expression,
                        const ExistsFactory& exists);
/// Columns in the given order; a variable that the input lacks is an unbound column.
OperatorPtr project_columns(OperatorPtr input, std::vector<Variable> variables);
OperatorPtr union_all(std::vector<OperatorPtr> inputs);
/// Each row once. `keeps_order`: where it came first, even if memory does not suffice for that.
OperatorPtr distinct_rows(OperatorPtr input, bool keeps_order = false);
OperatorPtr slice_rows(OperatorPtr input, std::uint64_t offset, std::optional<std::uint64_t> limit);
/// Stable. `first`: only that many rows are wanted (top-k), all where nothing.
OperatorPtr order_rows(OperatorPtr input, const std::vector<OrderCondition>& conditions,
                       std::optional<std::uint64_t> first, const ExistsFactory& exists);
/// Rows count as often as their multiplicities say; a COUNT whose result is one is one.
OperatorPtr group_rows(OperatorPtr input, const std::vector<Variable>& keys,
                       const std::vector<Aggregate>& aggregates, const ExistsFactory& exists);

/// A property path that is no chain of patterns (§9.3, §18.4): the pairs it connects, each as often
/// as the recommendation says (closures and ? once). Constant or variable ends, both may be free;
/// zero-length paths include ends that are in no triple when they are constants. Graph kinds One,
/// Merge and Parameter (GRAPH ?g around a path is planned as a GraphLoop).
struct PathPattern {
  PatternTerm subject;
  PropertyPath path;
  PatternTerm object;
  ActiveGraph graph{};
};
OperatorPtr path_scan(const PathPattern& pattern);
/// For each row of left the path from (or to) the row's value; keeps left's order.
OperatorPtr path_join(OperatorPtr left, const PathPattern& pattern);

/// GRAPH ?g over anything: opens `input` once for every named graph (or each of `graphs`, where
/// restricted) with QueryContext::current_graph set, joins `variable` = that graph.
OperatorPtr graph_loop(OperatorPtr input, const Variable& variable, bool restricted,
                       std::vector<TermId> graphs);

/// Gives the rows of `input` and notes how many there were and the time until they came, that of
/// its inputs included (profile).
OperatorPtr measured(OperatorPtr input);
/// The plan as text, one operator a line, inputs indented by two spaces below it, with the rows
/// expected and, where the operator is measured, those that came and the time:
///
///     HashJoin Join on ?x  (estimate 120 rows; 118 rows in 0.61 ms)
///       IndexScan ?x <p> ?y in order PSO  (estimate 300 rows; 300 rows in 0.08 ms)
///       IndexScan ?x <q> ?z in order PSO  (estimate 120 rows; 120 rows in 0.05 ms)
std::string explain(const Operator& root);

}  // namespace tripten
