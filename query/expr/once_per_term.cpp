// An expression of one variable is evaluated once for each different term, not for each row.
//
// The first row of a term in a batch stands for the others; results that outlive the batch are kept
// for the batches that follow, one a slot. Where hardly any term comes twice, the rows go straight
// through.
#include <utility>

#include "query/expr/node.h"

namespace tripten {
namespace {

constexpr std::size_t kSlots = 4096;
constexpr std::size_t kFewestRows = 8;        // of a batch that is worth a table
constexpr std::uint64_t kRowsOnTrial = 8192;  // before repetitions are found to be too few
constexpr std::uint64_t kRowsPerSaved = 16;   // fewer than one in that many saved: too few

/// Which rows of a batch stand for which, and results of earlier batches. `Result` is Value or
/// Truth.
template <typename Result>
class Remembered {
 public:
  bool is_worthwhile(Rows rows) const {
    const bool saves = rows_ < kRowsOnTrial || saved_ * kRowsPerSaved >= rows_;
    return saves && rows.size() >= kFewestRows;
  }

  /// Fills in the results that are known, and gives the rows to evaluate.
  Rows split(const Column& column, Rows rows, std::vector<Result>& out) {
    if (slots_.empty()) slots_.resize(kSlots);
    ++batch_;
    chosen_.clear();
    followers_.clear();
    for (const std::uint32_t row : rows) {
      const TermId id = column[row];
      Slot& slot = slots_[std::hash<TermId>()(id) % kSlots];
      if (slot.id == id && slot.has_result) {
        out[row] = slot.result;
      } else if (slot.id == id && slot.batch == batch_) {
        followers_.emplace_back(row, slot.row);
      } else {
        slot = {id, row, batch_, false, {}};
        chosen_.push_back(row);
      }
    }
    rows_ += rows.size();
    saved_ += rows.size() - chosen_.size();
    return chosen_;
  }

  /// The results of the rows that were given are in `out`: the others get theirs.
  template <typename IsLasting>
  void join(const Column& column, std::vector<Result>& out, const IsLasting& is_lasting) {
    for (const std::uint32_t row : chosen_) {
      Slot& slot = slots_[std::hash<TermId>()(column[row]) % kSlots];
      if (slot.row != row || slot.batch != batch_ || !is_lasting(out[row])) continue;
      slot.has_result = true;
      slot.result = out[row];
    }
    for (const auto& [row, chosen] : followers_)
      out[row] = out[chosen];
  }

 private:
  struct Slot {
    TermId id{};
    std::uint32_t row = 0;
    std::uint64_t batch = 0;
    bool has_result = false;
    Result result{};
  };
  std::vector<Slot> slots_{};
  std::uint64_t batch_ = 0, rows_ = 0, saved_ = 0;
  std::vector<std::uint32_t> chosen_{};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> followers_{};  // the row, its chosen one
};

class OncePerTermNode : public ExpressionNode {
 public:
  OncePerTermNode(NodePtr expression, std::size_t column)
      : expression_(std::move(expression)),
        column_(column) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    if (!values_.is_worthwhile(rows)) return expression_->evaluate(frame, rows, out);
    const Column& column = frame.batch().columns[column_];
    out.resize(frame.batch().rows);
    expression_->evaluate(frame, values_.split(column, rows, out), out);
    values_.join(column, out, [](const Value& value) { return value.is_id() || value.is_error(); });
  }

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    if (!truths_.is_worthwhile(rows)) return expression_->test(frame, rows, out);
    const Column& column = frame.batch().columns[column_];
    out.resize(frame.batch().rows);
    expression_->test(frame, truths_.split(column, rows, out), out);
    truths_.join(column, out, [](Truth) { return true; });
  }

 private:
  NodePtr expression_;
  std::size_t column_;
  Remembered<Value> values_{};
  Remembered<Truth> truths_{};
};

}  // namespace

NodePtr make_once_per_term_node(NodePtr expression, std::size_t column) {
  return std::make_unique<OncePerTermNode>(std::move(expression), column);
}

}  // namespace tripten
