// BlockCache: decoded blocks that were read lately, within a budget of bytes.
//
// Blocks never change, so what a key stands for is the same for ever. Shared by all threads: the
// keys are spread over shards with a lock each. A block in use outlives its place in the cache.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace tripten {

/// `space` tells generations, orders and runs apart.
struct BlockKey {
  std::uint64_t space = 0;
  std::uint32_t block = 0;

  friend bool operator==(const BlockKey&, const BlockKey&) = default;
};

struct BlockKeyHash {
  std::size_t operator()(const BlockKey& key) const noexcept {
    std::uint64_t x = (key.space ^ (std::uint64_t{key.block} << 32)) * 0x9e3779b97f4a7c15ULL;
    return x ^ (x >> 32);
  }
};

/// The first in is the first out, unless it was asked for since: then it stays another round
/// (CLOCK; Corbató, "A paging experiment with the Multics system", 1968). `Block` has memory().
template <typename Block>
class BlockCache {
 public:
  using BlockPtr = std::shared_ptr<const Block>;

  explicit BlockCache(std::size_t bytes) : shard_bytes_(bytes / kShards) {}

  /// The block, or null.
  BlockPtr find(const BlockKey& key) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.entries.find(key);
    if (found == shard.entries.end()) {
      ++shard.misses;
      return nullptr;
    }
    found->second.is_used = true;
    return found->second.block;
  }

  void insert(const BlockKey& key, BlockPtr block) {
    Shard& shard = shard_of(key);
    const std::size_t bytes = block->memory() + kEntryBytes;
    if (bytes > shard_bytes_) return;
    const std::lock_guard lock(shard.mutex);
    if (!shard.entries.try_emplace(key, std::move(block), bytes).second) return;
    shard.queue.push_back(key);
    shard.bytes += bytes;
    while (shard.bytes > shard_bytes_)
      shard.pass_first();
  }

  /// How often find() found nothing.
  std::uint64_t misses() const {
    std::uint64_t sum = 0;
    for (const Shard& shard : shards_) {
      const std::lock_guard lock(shard.mutex);
      sum += shard.misses;
    }
    return sum;
  }

  std::size_t bytes() {
    std::size_t sum = 0;
    for (Shard& shard : shards_) {
      const std::lock_guard lock(shard.mutex);
      sum += shard.bytes;
    }
    return sum;
  }

 private:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kEntryBytes = 128;  // of the list, the map and the allocator

  struct Entry {
    Entry(BlockPtr of, std::size_t size) : block(std::move(of)), bytes(size) {}
    BlockPtr block;
    std::size_t bytes;
    bool is_used = false;
  };
  struct Shard {
    mutable std::mutex mutex{};
    std::unordered_map<BlockKey, Entry, BlockKeyHash> entries{};
    std::deque<BlockKey> queue{};  // those of the entries
    std::size_t bytes = 0;
    std::uint64_t misses = 0;

    /// Drops the first of the queue, or sends it to the end.
    void pass_first() {
      const BlockKey key = queue.front();
      queue.pop_front();
      const auto entry = entries.find(key);
      if (std::exchange(entry->second.is_used, false)) {
        queue.push_back(key);
        return;
      }
      bytes -= entry->second.bytes;
      entries.erase(entry);
    }
  };

  Shard& shard_of(const BlockKey& key) { return shards_[(BlockKeyHash{}(key) >> 7) % kShards]; }

  std::size_t shard_bytes_;
  std::array<Shard, kShards> shards_{};
};

}  // namespace tripten
