// Slice: OFFSET and LIMIT. Nothing is asked of the input once the limit is reached.
#include <algorithm>
#include <numeric>
#include <string>

#include "query/exec/operators.h"

namespace tripten {

namespace {

class SliceRows : public Operator {
 public:
  SliceRows(OperatorPtr input, std::uint64_t offset, std::optional<std::uint64_t> limit)
      : offset_(offset),
        limit_(limit) {
    take_columns(*input);
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    to_skip_ = offset_;
    left_ = limit_.value_or(~std::uint64_t{0});
  }

  bool next(Batch& out) override {
    while (left_ > 0 && inputs_[0]->next(out)) {
      context_->interrupt.check();
      const std::uint64_t skipped = std::min<std::uint64_t>(to_skip_, out.rows);
      to_skip_ -= skipped;
      const std::uint64_t kept = std::min<std::uint64_t>(out.rows - skipped, left_);
      if (kept == 0) continue;
      left_ -= kept;
      if (kept < out.rows) {
        selection_.resize(kept);
        std::iota(selection_.begin(), selection_.end(), static_cast<std::uint32_t>(skipped));
        out.keep(selection_);
      }
      return true;
    }
    return false;
  }

  OperatorDescription describe() const override {
    std::string details;
    if (offset_ > 0) details = "OFFSET " + std::to_string(offset_);
    if (limit_) details += (details.empty() ? "LIMIT " : " LIMIT ") + std::to_string(*limit_);
    return {"Slice", details};
  }

 private:
  std::uint64_t offset_;
  std::optional<std::uint64_t> limit_;
  QueryContext* context_ = nullptr;
  std::uint64_t to_skip_ = 0, left_ = 0;
  std::vector<std::uint32_t> selection_{};
};

}  // namespace

OperatorPtr slice_rows(OperatorPtr input, std::uint64_t offset,
                       std::optional<std::uint64_t> limit) {
  return std::make_unique<SliceRows>(std::move(input), offset, limit);
}

}  // namespace tripten
