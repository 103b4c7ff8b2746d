// MultiwayJoin: joins all its inputs at once, a variable at a time.
//
// For patterns with cycles every plan of joins of two makes rows that the rest of the cycle throws
// away; a triangle of n edges has at most n^1.5 solutions, any two of its sides up to n². Here the
// variables have an order, and each input is a trie of its rows in that order:
//
//   ?a -p- ?b      order ?a ?b ?c    ?a: values that both (a b) and (a c) begin with
//     \   /                          ?b: for such a value, those of (a b) below it and heads of (b
//     c)
//      ?c                            ?c: those that (a c) has below a and (b c) below b
//
// At each variable the sorted values of all inputs that have it are intersected by leaping from one
// input to the other (Veldhuizen, "Leapfrog Triejoin", ICDT 2014), which keeps to the bound of
// Atserias, Grohe and Marx (FOCS 2008). An input may be used several times under different names,
// and rows that it has several times count as often.
#include <algorithm>

#include "tripten/error.h"

#include "base/check.h"
#include "query/exec/describe.h"
#include "query/exec/gallop.h"
#include "query/exec/operators.h"
#include "query/exec/sorted_trie.h"

namespace tripten {

namespace {

constexpr std::size_t kStepsPerInterrupt = 4096;

class MultiwayJoin : public Operator {
 public:
  MultiwayJoin(std::vector<OperatorPtr> inputs, std::vector<MultiwayPart> parts,
               std::vector<Variable> order)
      : order_(std::move(order)),
        parts_(std::move(parts)) {
    check(order_.size() > 0 && !parts_.empty(), "a multiway join of nothing");
    schema_ = order_;
    always_bound_.assign(schema_.size(), true);
    for (std::size_t column = 0; column < schema_.size(); ++column) {
      sorted_by_.push_back(column);
      given_.push_back(column);
    }
    inputs_ = std::move(inputs);
    levels_.resize(inputs_.size());
    for (const MultiwayPart& part : parts_)
      note_levels(part);
  }

  void open(QueryContext& context) override {
    context_ = &context;
    for (const OperatorPtr& input : inputs_)
      input->open(context);
    tries_.clear();
    depths_.clear();
    is_read_ = ended_ = false;
    depth_ = 0;
    repeat_ = 0;
    row_.assign(order_.size(), {});
    copies_.assign(order_.size(), 0);
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    if (!is_read_) read();
    while (out.rows < context_->batch_rows) {
      if (repeat_ == 0 && !advance()) break;
      const auto count = static_cast<std::size_t>(
          std::min<std::uint64_t>(repeat_, context_->batch_rows - out.rows));
      for (std::size_t column = 0; column < given_.size(); ++column)
        out.columns[column].insert(out.columns[column].end(), count, row_[given_[column]]);
      out.rows += count;
      repeat_ -= count;
    }
    return out.rows > 0;
  }

  void keep_columns(const std::set<Variable>& wanted) override { narrow(wanted, given_); }

  OperatorDescription describe() const override {
    std::string details = "by " + describe_variables(order_.variables()) + " of";
    for (const MultiwayPart& part : parts_)
      details += " (" + describe_variables(part.variables) + ")";
    return {"MultiwayJoin", details};
  }

 private:
  /// An input's values of one variable, below the values that the variables before it have.
  struct Cursor {
    const SortedTrie* trie = nullptr;
    bool is_head = false;            // level 0: positions are those of heads, else of rows
    const TermId* values = nullptr;  // by position
    Cursor* below = nullptr;         // the same part's next level
    std::size_t begin = 0, end = 0;  // positions of the values,
    std::size_t at = 0;              // the one at hand,
    std::size_t behind = 0;          // and the first behind its value

    TermId value() const { return values[at]; }
    void seek(TermId value) {
      at = is_head ? trie->seek_head(at, value)
                   : gallop(at, end, [&](std::size_t row) { return values[row] < value; });
    }
  };
  using Cursors = std::vector<Cursor>;

  /// Which column of its input each level of a part is.
  void note_levels(const MultiwayPart& part) {
    check(inputs_[part.input]->schema().size() == part.variables.size(),
          "a multiway join's part names too few variables");
    std::vector<std::size_t> levels;
    for (const Variable& variable : order_.variables()) {
      const auto named = std::find(part.variables.begin(), part.variables.end(), variable);
      if (named == part.variables.end()) continue;
      levels.push_back(static_cast<std::size_t>(named - part.variables.begin()));
      check(inputs_[part.input]->always_bound(levels.back()),
            "a multiway join's variable may be unbound");
    }
    check(levels.size() == part.variables.size(), "a multiway join's variable has no place");
    std::vector<std::size_t>& known = levels_[part.input];
    check(known.empty() || known == levels, "parts of a multiway join want different orders");
    known = std::move(levels);
  }

  void read() {
    is_read_ = true;
    tries_ = std::vector<SortedTrie>(inputs_.size());
    for (std::size_t i = 0; i < inputs_.size() && !ended_; ++i) {
      read(*inputs_[i], levels_[i], tries_[i]);
      ended_ = tries_[i].rows() == 0;
    }
    if (!ended_) place_cursors();
  }

  void read(Operator& input, const std::vector<std::size_t>& levels, SortedTrie& trie) {
    trie.open(levels.size(), context_->budget, context_->interrupt);
    std::vector<const Column*> columns(levels.size());
    Batch batch;
    while (input.next(batch)) {
      context_->interrupt.check();
      for (std::size_t level = 0; level < levels.size(); ++level)
        columns[level] = &batch.columns[levels[level]];
      trie.append(columns, batch.rows);
    }
    const auto& order = input.sorted_by();
    trie.finish(order.size() >= levels.size() &&
                std::equal(levels.begin(), levels.end(), order.begin()));
  }

  void place_cursors() {
    depths_.resize(order_.size());
    for (std::size_t depth = 0; depth < order_.size(); ++depth)
      depths_[depth].reserve(parts_.size());  // cursors are pointed to
    for (const MultiwayPart& part : parts_) {
      const SortedTrie& trie = tries_[part.input];
      Cursor* above = nullptr;
      std::size_t level = 0;
      for (std::size_t depth = 0; depth < order_.size(); ++depth) {
        if (std::find(part.variables.begin(), part.variables.end(), order_[depth]) ==
            part.variables.end())
          continue;
        Cursor& cursor = depths_[depth].emplace_back();
        cursor.trie = &trie;
        cursor.is_head = level == 0;
        cursor.end = cursor.is_head ? trie.heads().size() : 0;
        cursor.values = (cursor.is_head ? trie.heads() : trie.column(level)).data();
        if (above) above->below = &cursor;
        above = &cursor;
        ++level;
      }
    }
    enter(0);
  }

  /// The variable's cursors start over, below the values that the variables before it have.
  void enter(std::size_t depth) {
    depth_ = depth;
    for (Cursor& cursor : depths_[depth])
      cursor.at = cursor.begin;
  }

  /// Moves to the next row; false at the end.
  bool advance() {
    while (!ended_) {
      if (++steps_ % kStepsPerInterrupt == 0) context_->interrupt.check();
      Cursors& cursors = depths_[depth_];
      if (!leap(cursors)) {
        ended_ = depth_ == 0;
        if (!ended_) pass(depths_[--depth_]);
        continue;
      }
      row_[depth_] = cursors[0].value();
      descend(cursors);
      if (depth_ + 1 == depths_.size()) {
        repeat_ = copies_[depth_];
        pass(cursors);
        return true;
      }
      enter(depth_ + 1);
    }
    return false;
  }

  /// Moves all cursors to the next value that they share; false where there is none.
  static bool leap(Cursors& cursors) {
    for (const Cursor& cursor : cursors)
      if (cursor.at >= cursor.end) return false;
    TermId value = cursors[0].value();
    std::size_t agreed = 1;
    for (std::size_t i = 1; agreed < cursors.size(); ++i) {
      if (i == cursors.size()) i = 0;
      Cursor& cursor = cursors[i];
      if (cursor.value() < value) cursor.seek(value);
      if (cursor.at >= cursor.end) return false;
      agreed = cursor.value() == value ? agreed + 1 : 1;
      value = cursor.value();
    }
    return true;
  }

  /// Gives the cursors of the next levels the rows below the value at hand, and counts the copies
  /// of parts that have no next level.
  void descend(Cursors& cursors) {
    std::uint64_t copies = depth_ == 0 ? 1 : copies_[depth_ - 1];
    for (Cursor& cursor : cursors) {
      std::size_t begin = cursor.at, end = 0;
      if (cursor.is_head) {
        cursor.behind = cursor.at + 1;
        begin = cursor.trie->starts()[cursor.at];
        end = cursor.trie->starts()[cursor.at + 1];
      } else {
        const TermId value = cursor.value();
        end = cursor.behind = gallop(cursor.at, cursor.end,
                                     [&](std::size_t row) { return cursor.values[row] == value; });
      }
      if (cursor.below) {
        cursor.below->begin = begin;
        cursor.below->end = end;
      } else if (__builtin_mul_overflow(copies, end - begin, &copies)) {
        throw Error(ErrorCode::Limit, "a join of the query has more than 2^64 solutions");
      }
    }
    copies_[depth_] = copies;
  }

  static void pass(Cursors& cursors) {
    for (Cursor& cursor : cursors)
      cursor.at = cursor.behind;
  }

  Schema order_;                      // all variables, in the order in which they get values
  std::vector<std::size_t> given_{};  // those of our columns
  std::vector<MultiwayPart> parts_;
  std::vector<std::vector<std::size_t>> levels_{};  // by input: its columns in the tries' order
  QueryContext* context_ = nullptr;

  bool is_read_ = false, ended_ = false;
  std::vector<SortedTrie> tries_{};      // by input
  std::vector<Cursors> depths_{};        // by variable: the cursors of the parts that have it
  std::size_t depth_ = 0;                // the variable to go on with
  std::vector<TermId> row_{};            // by variable
  std::vector<std::uint64_t> copies_{};  // by variable: of the parts that end there or before
  std::uint64_t repeat_ = 0;             // how often row_ is still to be given
  std::size_t steps_ = 0;
};

}  // namespace

OperatorPtr multiway_join(std::vector<OperatorPtr> inputs, std::vector<MultiwayPart> parts,
                          std::vector<Variable> order) {
  return std::make_unique<MultiwayJoin>(std::move(inputs), std::move(parts), std::move(order));
}

}  // namespace tripten
