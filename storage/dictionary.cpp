#include "storage/dictionary.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "storage/checksum.h"
#include "storage/keys.h"

namespace tripten {

TermId entry_id(std::string_view encoded, std::uint64_t entry) {
  return {static_cast<IdKind>(encoded.front()), entry};
}

Dictionary::Dictionary(RocksPtr rocks, std::shared_ptr<TermCache> cache,
                       const std::vector<RunRecord>& runs, const Dictionary* before)
    : rocks_(std::move(rocks)) {
  for (const RunRecord& record : runs) {
    std::shared_ptr<const TermRun> run;
    if (before)
      for (const auto& known : before->runs_)
        if (known->record().run == record.run) run = known;
    runs_.push_back(run ? run : std::make_shared<const TermRun>(rocks_, cache, record));
  }
  std::sort(runs_.begin(), runs_.end(), [](const auto& a, const auto& b) {
    return a->record().first_entry < b->record().first_entry;
  });
}

std::optional<TermId> Dictionary::find(std::string_view encoded, std::uint64_t end_entry) const {
  for (const auto& run : runs_)
    if (const auto entry = run->find(encoded)) return entry_id(encoded, *entry);
  std::optional<TermId> found;
  rocks_->read(Family::NewTerms, hash_key(hash_bytes(encoded)), [&](std::string_view entries) {
    ByteReader in(entries);
    while (!found && !in.at_end()) {
      const std::uint64_t entry = in.u64();
      if (entry < end_entry && rocks_->get(Family::NewTerms, entry_key(entry)) == encoded)
        found = entry_id(encoded, entry);
    }
  });
  return found;
}

void Dictionary::append_term(TermId id, std::string& out) const {
  const std::uint64_t entry = id.payload();
  const std::size_t start = out.size();
  const auto after = std::upper_bound(
      runs_.begin(), runs_.end(), entry,
      [](std::uint64_t value, const auto& run) { return value < run->record().first_entry; });
  bool found = true;
  if (after != runs_.begin() && entry < (*std::prev(after))->end_entry())
    (*std::prev(after))->append_term(entry, out);
  else
    found = rocks_->read(Family::NewTerms, entry_key(entry),
                         [&](std::string_view term) { out += term; });
  if (!found || out.size() == start || entry_id(std::string_view(out).substr(start), entry) != id)
    throw Error(
        ErrorCode::Corrupt,
        fmt::format("{}: The database is damaged: the dictionary has no entry {} of kind {}",
                    rocks_->options().name, entry, static_cast<int>(id.kind())));
}

void Dictionary::add_entries(std::span<const std::string_view> encoded, std::uint64_t first_entry,
                             rocksdb::WriteBatch& batch) const {
  std::unordered_map<std::uint64_t, std::string> entries;  // by hash: two terms may share one
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    const std::uint64_t hash = hash_bytes(encoded[i]);
    auto [known, is_new] = entries.try_emplace(hash);
    if (is_new) known->second = rocks_->get(Family::NewTerms, hash_key(hash)).value_or("");
    append_u64(first_entry + i, known->second);
    batch.Put(rocks_->family(Family::NewTerms), entry_key(first_entry + i),
              rocksdb::Slice(encoded[i].data(), encoded[i].size()));
  }
  for (const auto& [hash, list] : entries)
    batch.Put(rocks_->family(Family::NewTerms), hash_key(hash), list);
}

}  // namespace tripten
