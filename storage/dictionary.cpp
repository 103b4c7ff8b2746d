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
    found = rows_->append_term(entry, out);
  if (!found || out.size() == start || entry_id(std::string_view(out).substr(start), entry) != id)
    throw Error(
        ErrorCode::Corrupt,
        fmt::format("{}: The database is damaged: the dictionary has no entry {} of kind {}",
                    rocks_->options().name, entry, static_cast<int>(id.kind())));
}

void Dictionary::set_obsolete() const {
  for (const auto& run : runs_)
    run->set_obsolete();
  rows_->set_obsolete();
}

}  // namespace tripten
