// RowPartitions: rows on the disk, parted by their hashes, so that rows with equal keys lie
// together and each part is small enough for memory ("grace" hashing: Kitsuregawa, Tanaka and
// Moto-oka, Application of Hash to Data Base Machine and Its Architecture, 1983).
//
// A part that is still too large is parted again, one level deeper: each level looks at other bits.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "query/exec/spilled_rows.h"

namespace tripten {

class RowPartitions {
 public:
  static constexpr std::size_t kCount = 16;
  /// Rows that are not apart after so many levels have equal keys.
  static constexpr int kMostLevels = 8;

  RowPartitions(std::size_t width, int level, QueryContext& context);

  /// Which part a row of that hash belongs to. Any hash does, as long as equal keys have equal
  /// ones.
  std::size_t part_of(std::uint64_t hash) const { return mix_level(hash) & (kCount - 1); }
  /// Each row goes to the part of its hash: `hashes` has one for each of the batch's rows.
  void append(const Batch& rows, const std::vector<std::uint64_t>& hashes);
  void append_row(const TermId* values, std::uint64_t hash) {
    parts_[part_of(hash)]->append_row(values);
  }
  /// Nothing is appended after it.
  void finish();

  const SpilledRows& part(std::size_t number) const { return *parts_[number]; }
  /// Drops a part's index of blocks; its bytes on the disk go with the last part.
  void drop(std::size_t number) { parts_[number].reset(); }
  int level() const { return level_; }

 private:
  std::uint64_t mix_level(std::uint64_t hash) const {
    return std::hash<TermId>{}(
        TermId(hash + static_cast<std::uint64_t>(level_ + 1) * 0x9e3779b97f4a7c15ULL));
  }

  int level_;
  std::array<std::unique_ptr<SpilledRows>, kCount> parts_{};
  std::array<std::vector<std::uint32_t>, kCount> chosen_{};  // rows of one batch
};

}  // namespace tripten
