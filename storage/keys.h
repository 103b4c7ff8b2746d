// The keys of storage/format.h.
#pragma once

#include <cstdint>
#include <string>

#include "storage/bytes.h"
#include "storage/quad.h"

namespace tripten {

inline std::string generation_key(std::uint64_t generation) {
  std::string key;
  append_be64(generation, key);
  return key;
}

inline std::string quads_key(std::uint64_t generation, QuadOrder order, std::uint32_t block) {
  std::string key = generation_key(generation);
  key += static_cast<char>(order);
  append_be32(block, key);
  return key;
}

inline std::string terms_key(std::uint64_t run, std::uint32_t block) {
  std::string key = generation_key(run);
  append_be32(block, key);
  return key;
}

enum class IndexKind : char { Quads = 'Q', Groups = 'G', Sets = 'S', Terms = 'T' };

inline std::string index_prefix(IndexKind kind, std::uint64_t generation_or_run) {
  return static_cast<char>(kind) + generation_key(generation_or_run);
}
inline std::string index_key(IndexKind kind, std::uint64_t generation, QuadOrder order,
                             std::uint32_t chunk) {
  std::string key = index_prefix(kind, generation);
  key += static_cast<char>(order);
  append_be32(chunk, key);
  return key;
}
inline std::string sets_key(std::uint64_t generation, std::uint32_t chunk) {
  std::string key = index_prefix(IndexKind::Sets, generation);
  append_be32(chunk, key);
  return key;
}
inline std::string term_index_key(std::uint64_t run, std::uint32_t chunk) {
  std::string key = index_prefix(IndexKind::Terms, run);
  append_be32(chunk, key);
  return key;
}

/// Of all entries (hashes) of an epoch.
inline std::string entries_prefix(std::uint64_t epoch) {
  return generation_key(epoch) + 'I';
}
inline std::string hashes_prefix(std::uint64_t epoch) {
  return generation_key(epoch) + 'H';
}
inline std::string entry_key(std::uint64_t epoch, std::uint64_t entry) {
  std::string key = entries_prefix(epoch);
  append_be64(entry, key);
  return key;
}
inline std::string hash_key(std::uint64_t epoch, std::uint64_t hash) {
  std::string key = hashes_prefix(epoch);
  append_be64(hash, key);
  return key;
}

inline std::string delta_key(const Quad& quad) {
  std::string key;
  for (const TermId id : quad.terms)
    append_be64(id.bits(), key);
  return key;
}

}  // namespace tripten
