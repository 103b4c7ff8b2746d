#include "query/plan/bind_join.h"

#include <algorithm>

#include "base/check.h"
#include "query/exec/describe.h"

namespace tripten {

namespace {

constexpr std::size_t kLargestChunk = std::size_t{1} << 16;

/// Gives the rows of columns that someone else fills.
class SharedRows : public Operator {
 public:
  explicit SharedRows(std::shared_ptr<const Chunk> chunk) : chunk_(std::move(chunk)) {}

  void open(QueryContext& context) override {
    context_ = &context;
    at_ = 0;
  }

 protected:
  bool give(const std::vector<Column>& columns, std::size_t rows, Batch& out) {
    context_->interrupt.check();
    out.reset(schema_.size());
    if (at_ == rows) return false;
    const std::size_t count = std::min(context_->batch_rows, rows - at_);
    const auto begin = static_cast<std::ptrdiff_t>(at_);
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    for (std::size_t column = 0; column < columns.size(); ++column)
      out.columns[column].assign(columns[column].begin() + begin, columns[column].begin() + end);
    out.rows = count;
    at_ += count;
    return true;
  }

  std::shared_ptr<const Chunk> chunk_;

 private:
  QueryContext* context_ = nullptr;
  std::size_t at_ = 0;
};

class ChunkRows : public SharedRows {
 public:
  ChunkRows(std::shared_ptr<const Chunk> chunk, const Operator& left)
      : SharedRows(std::move(chunk)) {
    take_columns(left);
  }

  bool next(Batch& out) override { return give(chunk_->rows.columns(), chunk_->rows.rows(), out); }
  OperatorDescription describe() const override { return {"ChunkRows", ""}; }
};

class ChunkKeys : public SharedRows {
 public:
  explicit ChunkKeys(std::shared_ptr<const Chunk> chunk) : SharedRows(std::move(chunk)) {
    for (const std::size_t column : chunk_->keys)
      schema_.add(chunk_->schema[column]);
    always_bound_.assign(schema_.size(), true);
  }

  bool next(Batch& out) override {
    return give(chunk_->different_keys.columns(), chunk_->different_keys.size(), out);
  }
  OperatorDescription describe() const override {
    return {"ChunkKeys", describe_variables(schema_.variables())};
  }
};

class BindJoin : public Operator {
 public:
  BindJoin(OperatorPtr left, std::shared_ptr<Chunk> chunk, OperatorPtr join)
      : chunk_(std::move(chunk)) {
    index_reading_ = IndexReading::Unknown;
    inputs_.push_back(std::move(left));
    inputs_.push_back(std::move(join));
    take_columns(*inputs_[1]);
  }

  void keep_columns(const std::set<Variable>& wanted) override {
    inputs_[1]->keep_columns(wanted);
    take_columns(*inputs_[1]);
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    chunk_->rows.open(chunk_->schema.size(), context.budget, context.interrupt);
    chunk_->different_keys.open(chunk_->keys.size(), context.budget, context.interrupt);
    size_ = 1;
    running_ = ended_ = false;
  }

  bool next(Batch& out) override {
    while (true) {
      context_->interrupt.check();
      if (!running_ && !next_chunk()) {
        out.reset(schema_.size());
        return false;
      }
      running_ = inputs_[1]->next(out);
      if (running_) return true;
    }
  }

  OperatorDescription describe() const override {
    std::vector<Variable> keys;
    for (const std::size_t column : chunk_->keys)
      keys.push_back(chunk_->schema[column]);
    return {"BindJoin", "by the keys " + describe_variables(keys)};
  }

 private:
  bool next_chunk() {
    chunk_->rows.clear();
    while (!ended_ && chunk_->rows.rows() < size_) {
      ended_ = !inputs_[0]->next(batch_);
      if (!ended_) chunk_->rows.append(batch_.columns, batch_.rows);
    }
    if (chunk_->rows.rows() == 0) return false;
    size_ = std::min(kLargestChunk, std::max(size_, chunk_->rows.rows()) * 4);
    note_keys();
    inputs_[1]->open(*context_);
    running_ = true;
    return true;
  }

  void note_keys() {
    chunk_->different_keys.clear();
    std::vector<const Column*> columns;
    for (const std::size_t column : chunk_->keys)
      columns.push_back(&chunk_->rows.columns()[column]);
    chunk_->different_keys.add(columns, chunk_->rows.rows(), numbers_);
  }

  std::shared_ptr<Chunk> chunk_;
  QueryContext* context_ = nullptr;
  Batch batch_{};
  std::vector<RowNumber> numbers_{};
  std::size_t size_ = 1;  // rows that the next chunk has at least
  bool running_ = false;  // the join is open for the chunk
  bool ended_ = false;    // left has no more rows
};

}  // namespace

OperatorPtr chunk_rows(std::shared_ptr<const Chunk> chunk, const Operator& left) {
  return std::make_unique<ChunkRows>(std::move(chunk), left);
}

OperatorPtr chunk_keys(std::shared_ptr<const Chunk> chunk) {
  return std::make_unique<ChunkKeys>(std::move(chunk));
}

OperatorPtr bind_join(OperatorPtr left, std::shared_ptr<Chunk> chunk, OperatorPtr join) {
  return std::make_unique<BindJoin>(std::move(left), std::move(chunk), std::move(join));
}

}  // namespace tripten
