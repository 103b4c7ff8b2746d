#include "storage/dictionary.h"

#include <algorithm>

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

TermId entry_id(std::string_view encoded, std::uint64_t entry) {
  return {static_cast<IdKind>(encoded.front()), entry};
}

Dictionary::Dictionary(RocksPtr rocks, std::shared_ptr<TermCache> cache, const Manifest& manifest,
                       const Dictionary* before)
    : rocks_(std::move(rocks)) {
  if (before && before->rows_->epoch() == manifest.epoch.number)
    rows_ = before->rows_;
  else
    rows_ = std::make_shared<RowTerms>(rocks_, manifest.epoch.number);
  for (const RunRecord& record : manifest.runs) {
    std::shared_ptr<TermRun> run;
    if (before)
      for (const auto& known : before->runs_)
        if (known->record().run == record.run) run = known;
    runs_.push_back(run ? run : std::make_shared<TermRun>(rocks_, cache, record));
  }
  std::sort(runs_.begin(), runs_.end(), [](const auto& a, const auto& b) {
    return a->record().first_entry < b->record().first_entry;
  });
}

std::optional<TermId> Dictionary::find(std::string_view encoded, std::uint64_t end_entry) const {
  for (const auto& run : runs_)
    if (const auto entry = run->find(encoded)) return entry_id(encoded, *entry);
  if (const auto entry = rows_->find(encoded, end_entry)) return entry_id(encoded, *entry);
  return std::nullopt;
}

/// The run that has the entry, or null.
const TermRun* Dictionary::run_of(std::uint64_t entry) const {
  const auto after = std::upper_bound(
      runs_.begin(), runs_.end(), entry,
      [](std::uint64_t value, const auto& run) { return value < run->record().first_entry; });
  if (after == runs_.begin() || entry >= (*std::prev(after))->end_entry()) return nullptr;
  return std::prev(after)->get();
}

void Dictionary::throw_missing(TermId id) const {
  throw Error(ErrorCode::Corrupt,
              fmt::format("{}: The database is damaged: the dictionary has no entry {} of kind {}",
                          rocks_->options().name, id.payload(), static_cast<int>(id.kind())));
}

void Dictionary::append_term(TermId id, std::string& out) const {
  const std::uint64_t entry = id.payload();
  const std::size_t start = out.size();
  bool found = true;
  if (const TermRun* const run = run_of(entry))
    run->append_term(entry, out);
  else
    found = rows_->append_term(entry, out);
  if (!found || out.size() == start || entry_id(std::string_view(out).substr(start), entry) != id)
    throw_missing(id);
}

void Dictionary::encoded_terms(std::span<const TermId> ids, EncodedTerms& out,
                               std::size_t most) const {
  out.clear();
  for (std::size_t at = 0; at < ids.size() && out.bytes() < most;) {
    const std::uint64_t entry = ids[at].payload();
    if (const TermRun* const run = run_of(entry)) {
      const std::size_t number = run->block_of(entry);
      bool was_read = false;
      const TermBlockPtr block = run->block(number, was_read);
      if (was_read) out.count_block();
      at += add_terms(block, run->first_entry_of(number), ids.subspan(at), out, most);
    } else {
      std::string term;
      append_term(ids[at++], term);
      out.add(term);
    }
  }
  // Only now, when they are on their way from memory: terms of blocks far apart come one by one.
  for (std::size_t i = 0; i < out.size(); ++i)
    if (out[i].empty() || entry_id(out[i], ids[i].payload()) != ids[i]) throw_missing(ids[i]);
}

/// Adds the terms of those of the first ids that are entries of the block, and says how many they
/// are. A block that little is wanted of is not worth being held, nor are many together.
std::size_t Dictionary::add_terms(const TermBlockPtr& block, std::uint64_t first_entry,
                                  std::span<const TermId> ids, EncodedTerms& out,
                                  std::size_t most) const {
  constexpr std::size_t kHeldBytesPerByte = 32;
  const auto term_of = [&](TermId id) { return block->term(id.payload() - first_entry); };
  std::size_t count = 0, bytes = 0;
  for (; count < ids.size() && ids[count].payload() - first_entry < block->terms(); ++count) {
    const std::string_view term = term_of(ids[count]);
    __builtin_prefetch(term.data());
    bytes += term.size();
  }
  const bool is_held = bytes * kHeldBytesPerByte >= block->memory() && out.held_bytes() < most;
  if (is_held) out.hold(block, block->memory());
  for (const TermId id : ids.first(count)) {
    if (is_held)
      out.add_view(term_of(id));
    else
      out.add(term_of(id));
  }
  return count;
}

TermRanges Dictionary::term_ranges(IdKind kind, std::string_view low, std::string_view high) const {
  TermRanges ranges;
  for (const auto& run : runs_) {
    const std::uint64_t first = run->record().first_entry, end = run->end_entry();
    if (first < end) ranges.ordered.push_back({{kind, first}, {kind, end}});
    const std::uint64_t from = run->lower_bound(low), to = run->lower_bound(high);
    if (from < to) ranges.inside.push_back({{kind, from}, {kind, to}});
  }
  return ranges;
}

void Dictionary::set_obsolete() const {
  for (const auto& run : runs_)
    run->set_obsolete();
  rows_->set_obsolete();
}

}  // namespace tripten
