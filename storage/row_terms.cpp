#include "storage/row_terms.h"

#include <unordered_map>

#include "storage/checksum.h"
#include "storage/keys.h"

namespace tripten {

RowTerms::~RowTerms() {
  if (!is_obsolete_) return;
  try {
    rocks_->remove_range(Family::NewTerms, generation_key(epoch_), generation_key(epoch_ + 1));
    rocks_->shrink(Family::NewTerms);
  } catch (const Error&) {
    // What stays is removed when the database is opened for writing again.
  }
}

std::optional<std::uint64_t> RowTerms::find(std::string_view encoded,
                                            std::uint64_t end_entry) const {
  std::optional<std::uint64_t> found;
  rocks_->read(Family::NewTerms, hash_key(epoch_, hash_bytes(encoded)),
               [&](std::string_view entries) {
                 ByteReader in(entries);
                 while (!found && !in.at_end()) {
                   const std::uint64_t entry = in.u64();
                   if (entry < end_entry &&
                       rocks_->get(Family::NewTerms, entry_key(epoch_, entry)) == encoded)
                     found = entry;
                 }
               });
  return found;
}

bool RowTerms::append_term(std::uint64_t entry, std::string& out) const {
  return rocks_->read(Family::NewTerms, entry_key(epoch_, entry),
                      [&](std::string_view term) { out += term; });
}

void RowTerms::each(std::uint64_t end_entry,
                    const std::function<bool(std::uint64_t, std::string_view)>& visit) const {
  const std::string prefix = entries_prefix(epoch_);
  rocks_->each(Family::NewTerms, prefix, entry_key(epoch_, end_entry),
               [&](std::string_view key, std::string_view encoded) {
                 return visit(ByteReader(key.substr(prefix.size())).be64(), encoded);
               });
}

void RowTerms::each_hash(const std::function<void(std::uint64_t, std::string_view)>& visit) const {
  const std::string prefix = hashes_prefix(epoch_);
  rocks_->each(Family::NewTerms, prefix, entries_prefix(epoch_),
               [&](std::string_view key, std::string_view entries) {
                 visit(ByteReader(key.substr(prefix.size())).be64(), entries);
                 return true;
               });
}

void RowTerms::add(std::span<const std::string_view> encoded, std::uint64_t first_entry,
                   rocksdb::WriteBatch& batch) const {
  std::unordered_map<std::uint64_t, std::string> entries;  // by hash: two terms may share one
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    const std::uint64_t hash = hash_bytes(encoded[i]);
    auto [known, is_new] = entries.try_emplace(hash);
    if (is_new) known->second = rocks_->get(Family::NewTerms, hash_key(epoch_, hash)).value_or("");
    append_u64(first_entry + i, known->second);
    batch.Put(rocks_->family(Family::NewTerms), entry_key(epoch_, first_entry + i),
              rocksdb::Slice(encoded[i].data(), encoded[i].size()));
  }
  for (const auto& [hash, list] : entries)
    batch.Put(rocks_->family(Family::NewTerms), hash_key(epoch_, hash), list);
}

}  // namespace tripten
