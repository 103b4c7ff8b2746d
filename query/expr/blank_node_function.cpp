// BNODE (§17.4.2.9): a new blank node for every call; with a string, the same one for the same
// string in the same solution.
//
// Two BNODE(s) of one SELECT are evaluated by two operators, which see a solution as rows of their
// own: the second row has the columns of the first and more. What both know is which solution of
// equal content this is, counted from the first row on, since extending keeps the rows' order. So
// the label is a hash of the content of the columns that the first one saw, that number, and the
// string.
#include <unordered_map>

#include <fmt/format.h>
#include <xxhash.h>

#include "query/expr/node.h"

namespace tripten {
namespace {

constexpr std::size_t kBytesPerSolution = 48;

/// Tells the solutions apart that one operator sees. Counted per batch row, once.
class SolutionNumbers {
 public:
  explicit SolutionNumbers(const Schema& schema) : schema_(schema) {}

  XXH128_hash_t hash_of(Frame& frame, std::uint32_t row) {
    if (!columns_) choose_columns(frame.context());
    bytes_.clear();
    for (const std::size_t column : *columns_)
      append(frame.batch().columns[column][row].bits());
    const XXH128_hash_t content = XXH3_128bits(bytes_.data(), bytes_.size());
    if (!lease_) lease_.emplace(frame.context().budget);
    const std::uint64_t number = ++seen_[content.low64 ^ content.high64];
    const std::size_t bytes = seen_.size() * kBytesPerSolution;
    if (bytes > lease_->bytes()) lease_->resize(2 * bytes);
    append(number);
    return XXH3_128bits(bytes_.data(), bytes_.size());
  }

 private:
  void append(std::uint64_t word) {
    bytes_.append(reinterpret_cast<const char*>(&word), sizeof word);
  }

  /// Those of the first BNODE that ran, if all of them are here; else this one is the first of its
  /// own SELECT.
  void choose_columns(QueryContext& context) {
    columns_.emplace();
    bool known = context.solution_variables.has_value();
    if (known)
      for (const Variable& variable : *context.solution_variables) {
        const auto column = schema_.find(variable);
        known = known && column;
        if (column) columns_->push_back(*column);
      }
    if (known) return;
    context.solution_variables = schema_.variables();
    columns_->clear();
    for (std::size_t i = 0; i < schema_.size(); ++i)
      columns_->push_back(i);
  }

  Schema schema_;
  std::optional<std::vector<std::size_t>> columns_{};
  std::unordered_map<std::uint64_t, std::uint64_t> seen_{};
  std::optional<MemoryLease> lease_{};
  std::string bytes_{};
};

class BlankNode : public ExpressionNode {
 public:
  BlankNode(const Schema& schema, std::vector<NodePtr> arguments)
      : arguments_(std::move(arguments)),
        solutions_(schema) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    out.resize(frame.batch().rows);
    if (!arguments_.empty()) arguments_[0]->evaluate(frame, rows, labels_);
    for (const std::uint32_t row : rows)
      out[row] = arguments_.empty() ? Value(frame.terms().fresh_blank()) : labelled(frame, row);
  }

 private:
  Value labelled(Frame& frame, std::uint32_t row) {
    const XXH128_hash_t solution = solutions_.hash_of(frame, row);
    if (labels_[row].is_error()) return {};
    operand_.set(labels_[row], frame);
    const auto text = operand_.simple_string();
    if (!text) return {};
    const XXH128_hash_t hash = XXH3_128bits_withSeed(
        text->data(), text->size(), solution.low64 ^ (solution.high64 * 0x9E3779B97F4A7C15u));
    const std::string label = fmt::format("q{:016x}{:016x}", hash.high64, hash.low64);
    return Value(frame.terms().intern({.kind = TermKind::Blank, .value = label}));
  }

  std::vector<NodePtr> arguments_;
  SolutionNumbers solutions_;
  std::vector<Value> labels_{};
  Operand operand_{};
};

}  // namespace

NodePtr make_blank_node(const Schema& schema, std::vector<NodePtr> arguments) {
  return std::make_unique<BlankNode>(schema, std::move(arguments));
}

}  // namespace tripten
