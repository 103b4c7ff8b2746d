// Evaluator: one expression, compiled against a schema, run over batches.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/expr/batch.h"
#include "query/expr/query_context.h"

namespace tripten {

/// Decides EXISTS for one row; given by the planner, since it runs a whole pattern.
class ExistsEvaluator {
 public:
  virtual ~ExistsEvaluator() = default;
  virtual bool exists(const Batch& batch, std::size_t row, QueryContext& context) = 0;
};
/// Makes the evaluator of one EXISTS whose rows have `schema`.
using ExistsFactory =
    std::function<std::unique_ptr<ExistsEvaluator>(const GraphPattern&, const Schema& schema)>;

enum class Truth : std::uint8_t { False, True, Error };

/// Errors of SPARQL expressions (§17.3) are values here: kUnbound and Truth::Error. Nothing is
/// thrown per row. Belongs to one operator.
class Evaluator {
 public:
  /// Variables that the schema does not have are unbound. A function that is not built yet, or an
  /// IRI that is no function, is Invalid and named; a constant REGEX that RE2 refuses is Invalid.
  Evaluator(const Expression& expression, const Schema& schema, const ExistsFactory& exists);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;

  /// A value a row; kUnbound where the expression has an error.
  void evaluate(const Batch& batch, QueryContext& context, Column& out);
  /// The effective boolean value (§17.2.2) a row.
  void test(const Batch& batch, QueryContext& context, std::vector<Truth>& out);

 private:
  class Node;
  std::unique_ptr<Node> root_;
};

}  // namespace tripten
