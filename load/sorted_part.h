// SortedPart: what one thread has read, its terms in order and waiting for their ids; in memory or
// in a file.
//
//   LoadPart ─ sort terms ▶ SortedPart ─ merged with the others (load/term_merge.h) ▶ ids of its
//   terms ▶ quads of ids
//
// A stored part is one file without a name:
//
//   terms    in order, each: varint bytes shared with the one before, varint other bytes, those
//   numbers  u32 of each term, in the same order
//   inline   u64 of each inline id, by number
//   quads    4 times u32 each
//   ids      u64 of each term, in order, when they are known
//
// Belongs to one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/spill_file.h"
#include "load/load_part.h"
#include "storage/term_id.h"

namespace tripten {

/// An id and its term's number in a part.
struct NumberedId {
  TermId id{};
  TermNumber number = 0;
};

class SortedPart {
 public:
  explicit SortedPart(LoadPart::Content content);

  /// Moves everything into a file, but for a few bytes. Throws as SpillFile does.
  void store(const std::filesystem::path& folder);
  bool is_stored() const { return file_.has_value(); }

  std::size_t terms() const { return term_count_; }
  std::size_t distinct() const { return term_count_ + inline_count_; }
  std::uint64_t quads() const { return quad_count_; }

  /// Goes through the encoded terms, ascending. The part outlives it.
  class Terms {
   public:
    explicit Terms(const SortedPart& part);
    bool at_end() const { return at_ == part_->term_count_; }
    std::string_view term() const { return term_; }
    void next();

   private:
    void read();

    const SortedPart* part_;
    std::size_t at_ = 0;
    std::string_view term_{};
    std::string decoded_{};  // of a stored part
    std::optional<SpillReader> reader_{};
  };

  bool has_one_graph() const { return quad_count_ == 0 || only_graph_; }

  /// The id of the next term, in the terms' order.
  void add_id(TermId id);
  /// The terms have their ids and go.
  void forget_terms();

  /// Once all terms have theirs: the ids, ascending.
  std::vector<NumberedId> sorted_ids() const;
  /// The graph of all quads, where it is one; unbound where there are no quads.
  std::optional<TermId> graph() const;
  /// Calls `use` with all quads, at most `most` at a time, then forgets them. Once.
  void take_quads(std::size_t most, const std::function<void(std::vector<NumberedQuad>&)>& use);

 private:
  std::size_t term_count_, inline_count_;
  std::uint64_t quad_count_;
  std::optional<TermNumber> only_graph_;

  // In memory.
  TermTable table_;
  std::vector<TermNumber> order_;  // the terms' numbers by their bytes
  std::vector<TermId> inline_terms_;
  NumberedQuads quads_;
  std::vector<TermId> ids_{};  // in the terms' order

  // In a file.
  std::optional<SpillFile> file_{};
  std::uint64_t numbers_at_ = 0, inline_at_ = 0, quads_at_ = 0, ids_at_ = 0;
  std::string unwritten_ids_{};
};

}  // namespace tripten
