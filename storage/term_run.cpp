#include "storage/term_run.h"

#include <algorithm>

#include <fmt/format.h>

#include "storage/bytes.h"
#include "storage/checksum.h"
#include "storage/keys.h"

namespace tripten {
namespace {

[[noreturn]] void throw_damaged(const Rocks& rocks, std::uint64_t run, const std::string& what) {
  throw Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged: dictionary run {}, {}",
                                              rocks.options().name, run, what));
}

}  // namespace

TermRun::TermRun(RocksPtr rocks, std::shared_ptr<TermCache> cache, const RunRecord& record)
    : rocks_(std::move(rocks)),
      cache_(std::move(cache)),
      record_(record) {
  std::uint64_t entries = 0;
  for (std::uint32_t chunk = 0; chunk < record_.index_chunks; ++chunk) {
    bool found = false;
    try {
      found = rocks_->read(Family::Indexes, term_index_key(record_.run, chunk),
                           [&](std::string_view value) {
                             ByteReader in(verified(value));
                             while (!in.at_end()) {
                               first_entries_.push_back(record_.first_entry + entries);
                               entries += in.varint();
                               separators_ += in.bytes(in.varint());
                               separator_ends_.push_back(separators_.size());
                             }
                           });
    } catch (const Error& error) {
      if (error.code != ErrorCode::Corrupt) throw;
      throw_damaged(*rocks_, record_.run, fmt::format("index chunk {}: {}", chunk, error.what()));
    }
    if (!found)
      throw_damaged(*rocks_, record_.run, fmt::format("index chunk {} is missing", chunk));
  }
  if (entries != record_.entries || first_entries_.size() != record_.blocks)
    throw_damaged(*rocks_, record_.run, "its index does not fit the manifest");
}

TermRun::~TermRun() {
  if (!is_obsolete_) return;
  try {
    remove_run(*rocks_, record_.run);
  } catch (const Error&) {
    // What stays is removed when the database is opened for writing again.
  }
}

void remove_run(Rocks& rocks, std::uint64_t run) {
  rocks.remove_range(Family::Terms, generation_key(run), generation_key(run + 1));
  rocks.remove_range(Family::Indexes, index_prefix(IndexKind::Terms, run),
                     index_prefix(IndexKind::Terms, run + 1));
}

std::string_view TermRun::separator(std::size_t block) const {
  const std::size_t start = block == 0 ? 0 : separator_ends_[block - 1];
  return std::string_view(separators_).substr(start, separator_ends_[block] - start);
}

std::size_t TermRun::terms_in(std::size_t block) const {
  const std::uint64_t end = block + 1 < blocks() ? first_entries_[block + 1] : end_entry();
  return end - first_entries_[block];
}

std::size_t TermRun::block_of(std::string_view term) const {
  std::size_t low = 0, high = blocks();  // the first separator above the term is in [low, high]
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (separator(middle) <= term)
      low = middle + 1;
    else
      high = middle;
  }
  return low == 0 ? 0 : low - 1;
}

TermBlockPtr TermRun::read_block(std::size_t number) const {
  TermBlockPtr block;
  try {
    rocks_->read(Family::Terms, terms_key(record_.run, static_cast<std::uint32_t>(number)),
                 [&](std::string_view value) { block = std::make_shared<const TermBlock>(value); });
  } catch (const Error& error) {
    if (error.code != ErrorCode::Corrupt) throw;
    throw_damaged(*rocks_, record_.run, fmt::format("block {}: {}", number, error.what()));
  }
  if (!block) throw_damaged(*rocks_, record_.run, fmt::format("block {} is missing", number));
  if (block->terms() != terms_in(number))
    throw_damaged(*rocks_, record_.run, fmt::format("block {} does not fit the index", number));
  return block;
}

TermBlockPtr TermRun::block(std::size_t number) const {
  bool was_read = false;
  return block(number, was_read);
}

TermBlockPtr TermRun::block(std::size_t number, bool& was_read) const {
  const BlockKey key{.space = record_.run, .block = static_cast<std::uint32_t>(number)};
  if (TermBlockPtr cached = cache_->find(key)) return cached;
  was_read = true;
  TermBlockPtr block = read_block(number);
  cache_->insert(key, block);
  return block;
}

std::optional<std::uint64_t> TermRun::find(std::string_view term) const {
  if (blocks() == 0) return std::nullopt;
  const std::size_t index = block_of(term);
  const TermBlockPtr terms = block(index);
  const std::size_t at = terms->lower_bound(term);
  if (at == terms->terms() || terms->term(at) != term) return std::nullopt;
  return first_entries_[index] + at;
}

std::uint64_t TermRun::lower_bound(std::string_view term) const {
  if (blocks() == 0) return record_.first_entry;
  const std::size_t index = block_of(term);
  return first_entries_[index] + block(index)->lower_bound(term);
}

std::size_t TermRun::block_of(std::uint64_t entry) const {
  const auto after = std::upper_bound(first_entries_.begin(), first_entries_.end(), entry);
  return static_cast<std::size_t>(after - first_entries_.begin()) - 1;
}

void TermRun::append_term(std::uint64_t entry, std::string& out) const {
  const std::size_t index = block_of(entry);
  out += block(index)->term(entry - first_entries_[index]);
}

bool TermRun::fits_index(std::size_t number, const TermBlock& block) const {
  for (std::size_t i = 1; i < block.terms(); ++i)
    if (block.term(i - 1) >= block.term(i)) return false;
  const bool is_above = separator(number) <= block.term(0);
  const bool is_below =
      number + 1 == blocks() || block.term(block.terms() - 1) < separator(number + 1);
  return is_above && is_below;
}

}  // namespace tripten
