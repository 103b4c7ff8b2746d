// QuadLines: quads of ids as lines of N-Quads or N-Triples, without a Term between.
//
// The texts of terms are resolved for thousands of rows at a time: the ids that are new among them
// are sorted and looked up together, so that each block of the dictionary is read once. A table
// keeps the texts for the rows that follow, as long as they fit into a few megabytes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/output/buffered_writer.h"
#include "storage/store.h"

namespace tripten {

class QuadLines {
 public:
  /// `view` outlives the lines. Without graphs the lines are N-Triples.
  QuadLines(const StoreView& view, bool has_graphs);

  /// Appends a line for each row, whose columns are those of `order`.
  void append(const QuadColumns& rows, QuadOrder order, OutputBuffer& out);

 private:
  /// A term as the lines hold it, with the space behind it: a part of texts_.
  struct Text {
    std::size_t start = 0, size = 0;
  };
  struct Slot {
    TermId id{};
    Text text{};
  };

  using Columns = std::array<const TermId*, 4>;  // subject, predicate, object, graph
  void append_rows(const Columns& terms, std::size_t from, std::size_t to, std::string& out);
  void find_texts(std::span<const TermId> ids);
  void forget_texts();
  Slot& slot_of(TermId id);
  std::string_view text_of(TermId id);

  const StoreView& view_;
  bool has_graphs_;
  std::vector<Slot> slots_{};  // open addressing; an unbound id is a free one
  std::size_t used_ = 0;
  std::size_t rows_at_once_;  // fewer where terms are long
  std::string texts_{};
  std::vector<TermId> missing_{};
  EncodedTerms encoded_{};
  std::string scratch_{};
};

}  // namespace tripten
