#include "storage/characteristic_sets.h"

#include <algorithm>

#include "storage/bytes.h"
#include "storage/checksum.h"

namespace tripten {
namespace {

// While sets are counted: what comes when there are so many goes to the rest.
constexpr std::size_t kMostCounted = 1 << 16;
constexpr std::size_t kMostPredicates = 256;          // of one set
constexpr std::size_t kMostRestPredicates = 1 << 16;  // further ones are not told apart
constexpr std::size_t kChunkBytes = 1 << 16;

void append_group(const CharacteristicSets::Group& group, std::string& out) {
  append_varint(group.subjects, out);
  append_varint(group.predicates.size(), out);
  for (const CharacteristicSets::Predicate& predicate : group.predicates) {
    append_u64(predicate.id.bits(), out);
    append_varint(predicate.quads, out);
    append_varint(predicate.subjects, out);
  }
}

}  // namespace

const CharacteristicSets::Predicate* CharacteristicSets::Group::find(TermId id) const {
  const auto found = std::lower_bound(
      predicates.begin(), predicates.end(), id,
      [](const Predicate& predicate, TermId value) { return predicate.id < value; });
  return found != predicates.end() && found->id == id ? &*found : nullptr;
}

double CharacteristicSets::star_rows(std::span<const TermId> predicates) const {
  const auto rows_of = [&](const Group& group) {
    double rows = static_cast<double>(group.subjects);
    for (const TermId id : predicates) {
      const Predicate* predicate = group.find(id);
      if (!predicate) return 0.0;
      rows *= static_cast<double>(predicate->quads) / static_cast<double>(group.subjects);
    }
    return rows;
  };
  double sum = rest_.subjects == 0 ? 0 : rows_of(rest_);  // independence inside the rest
  for (const Group& set : sets_)
    sum += rows_of(set);
  return sum;
}

std::vector<std::string> CharacteristicSets::encode() const {
  std::vector<std::string> chunks;
  if (sets_.empty() && rest_.subjects == 0) return chunks;
  std::string chunk;
  append_group(rest_, chunk);
  for (const Group& set : sets_) {
    if (chunk.size() >= kChunkBytes) chunks.push_back(std::exchange(chunk, {}));
    append_group(set, chunk);
  }
  chunks.push_back(std::move(chunk));
  return chunks;
}

void CharacteristicSets::add_chunk(std::string_view chunk) {
  ByteReader in(chunk);
  while (!in.at_end()) {
    Group group{.subjects = in.varint()};
    const std::uint64_t predicates = in.varint();
    for (std::uint64_t i = 0; i < predicates; ++i) {
      const TermId id(in.u64());
      const std::uint64_t quads = in.varint();
      group.predicates.push_back({id, quads, in.varint()});
      if (i > 0 && id <= group.predicates[i - 1].id)
        throw Error(ErrorCode::Corrupt, "its predicates are out of order");
    }
    if (group.subjects == 0 && has_rest_) throw Error(ErrorCode::Corrupt, "a set has no subjects");
    if (has_rest_)
      sets_.push_back(std::move(group));
    else
      rest_ = std::move(group);
    has_rest_ = true;
  }
}

std::size_t CharacteristicSetCounter::Hash::operator()(
    const std::vector<TermId>& predicates) const noexcept {
  std::size_t hash = predicates.size();
  for (const TermId id : predicates)
    hash = (hash ^ std::hash<TermId>()(id)) * 0x9e3779b97f4a7c15ULL;
  return hash;
}

void CharacteristicSetCounter::finish_subject() {
  if (predicates_.empty()) return;
  const auto found = sets_.find(predicates_);
  if (found != sets_.end()) {
    ++found->second.subjects;
    for (std::size_t i = 0; i < quads_.size(); ++i)
      found->second.quads[i] += quads_[i];
  } else if (sets_.size() < kMostCounted && predicates_.size() <= kMostPredicates) {
    sets_.emplace(predicates_, Counts{1, quads_});
  } else {
    add_to_rest(predicates_, {1, quads_});
  }
  predicates_.clear();
  quads_.clear();
}

void CharacteristicSetCounter::add_to_rest(const std::vector<TermId>& predicates,
                                           const Counts& counts) {
  rest_subjects_ += counts.subjects;
  for (std::size_t i = 0; i < predicates.size(); ++i) {
    if (rest_.size() >= kMostRestPredicates && !rest_.contains(predicates[i])) continue;
    CharacteristicSets::Predicate& predicate = rest_[predicates[i]];
    predicate.id = predicates[i];
    predicate.quads += counts.quads[i];
    predicate.subjects += counts.subjects;
  }
}

CharacteristicSets CharacteristicSetCounter::finish() {
  finish_subject();
  using Set = std::pair<std::vector<TermId>, Counts>;
  std::vector<Set> all(std::make_move_iterator(sets_.begin()),
                       std::make_move_iterator(sets_.end()));
  sets_.clear();
  std::sort(all.begin(), all.end(), [](const Set& a, const Set& b) {
    return a.second.subjects != b.second.subjects ? a.second.subjects > b.second.subjects
                                                  : a.first < b.first;
  });
  std::vector<CharacteristicSets::Group> sets;
  for (const auto& [predicates, counts] : all) {
    if (sets.size() == kMostCharacteristicSets) {
      add_to_rest(predicates, counts);
      continue;
    }
    CharacteristicSets::Group& group = sets.emplace_back();
    group.subjects = counts.subjects;
    for (std::size_t i = 0; i < predicates.size(); ++i)
      group.predicates.push_back({predicates[i], counts.quads[i], counts.subjects});
  }
  CharacteristicSets::Group rest{.subjects = rest_subjects_};
  for (const auto& [id, predicate] : rest_)
    rest.predicates.push_back(predicate);
  return {std::move(sets), std::move(rest)};
}

}  // namespace tripten
