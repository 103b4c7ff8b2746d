// The transaction: a delta image and new dictionary entries of its own until it commits.
#include <algorithm>
#include <deque>
#include <unordered_map>

#include <fmt/format.h>

#include "base/check.h"
#include "rdf/term_codec.h"
#include "storage/inline_term.h"
#include "storage/keys.h"
#include "storage/scan_source.h"
#include "storage/store_impl.h"

namespace tripten {
namespace {

constexpr std::size_t kMostBatchBytes = std::size_t{3} << 30;  // RocksDB's batches end at 4 GB

class OpenTransaction final : public StoreTransaction {
 public:
  explicit OpenTransaction(std::unique_ptr<WriteTurn> turn)
      : turn_(std::move(turn)),
        state_(*turn_->store().state()),
        first_entry_(state_.counters.next_entry),
        delta_(std::make_shared<DeltaImage>(*state_.delta)) {
    state_.delta = delta_;
    state_.memory = nullptr;
  }

  QuadScan scan(QuadOrder order, const QuadPattern& pattern) const override {
    is_shared_ = true;
    return QuadScan(std::make_unique<QuadScan::Source>(state_.base, delta_, order, pattern));
  }
  std::uint64_t count(const QuadPattern& pattern) const override { return state_.count(pattern); }
  bool contains(const Quad& quad) const override { return state_.contains(quad); }
  std::optional<TermId> find(const TermView& term) const override;
  void append_encoded_term(TermId id, std::string& out) const override;
  std::vector<TermId> graphs() const override { return state_.graphs(); }
  std::vector<PredicateCounts> predicates() const override { return state_.predicates(); }
  const CharacteristicSets& characteristic_sets() const override {
    return state_.base->characteristic_sets();
  }

  TermId intern(const TermView& term) override;
  TermId fresh_blank() override { return {IdKind::Blank, state_.counters.next_blank++}; }
  bool insert(const Quad& quad) override;
  bool erase(const Quad& quad) override;
  void commit() override;

 protected:
  TermRanges term_ranges(IdKind kind, std::string_view low, std::string_view high) const override {
    return state_.dictionary->term_ranges(kind, low, high);
  }

 private:
  DeltaImage& own_delta();
  void set(const Quad& quad, DeltaState state);
  void remove(const Quad& quad);

  std::unique_ptr<WriteTurn> turn_;
  StoreState state_;  // its delta is delta_
  std::uint64_t first_entry_;
  // Encoded terms of this transaction; entry first_entry_ + i is new_terms_[i].
  std::unordered_map<std::string_view, TermId> new_ids_{};
  std::deque<std::string> new_terms_{};
  std::shared_ptr<DeltaImage> delta_;
  std::uint64_t edit_ = 0;          // 0: the image is not ours to change yet
  mutable bool is_shared_ = false;  // a scan reads the image
  rocksdb::WriteBatch rows_{};      // changes of the delta; the last one of a row counts
  bool is_committed_ = false;
};

std::optional<TermId> OpenTransaction::find(const TermView& term) const {
  if (const auto id = state_.find(term)) return id;
  if (new_terms_.empty() || (term.kind != TermKind::Iri && term.kind != TermKind::Literal))
    return std::nullopt;
  std::string encoded;
  append_encoded(term, encoded);
  const auto found = new_ids_.find(encoded);
  return found == new_ids_.end() ? std::nullopt : std::optional(found->second);
}

void OpenTransaction::append_encoded_term(TermId id, std::string& out) const {
  const std::uint64_t entry = id.payload();
  if (entry >= first_entry_ && entry - first_entry_ < new_terms_.size())
    out += new_terms_[entry - first_entry_];
  else
    state_.dictionary->append_term(id, out);
}

TermId OpenTransaction::intern(const TermView& term) {
  if (const auto known = find(term)) return *known;
  check(term.kind == TermKind::Iri || term.kind == TermKind::Literal,
        "a blank node's label means nothing to a transaction");
  std::string encoded;
  append_encoded(term, encoded);
  const TermId id = entry_id(encoded, first_entry_ + new_terms_.size());
  new_terms_.push_back(std::move(encoded));
  new_ids_.emplace(new_terms_.back(), id);
  return id;
}

/// The image, made ours: a scan that was opened before keeps what it had.
DeltaImage& OpenTransaction::own_delta() {
  if (edit_ == 0 || is_shared_) {
    if (is_shared_) delta_ = std::make_shared<DeltaImage>(*delta_);
    state_.delta = delta_;
    edit_ = turn_->store().new_edit();
    is_shared_ = false;
  }
  return *delta_;
}

void OpenTransaction::set(const Quad& quad, DeltaState state) {
  own_delta().set(quad, state, edit_);
  const char value = static_cast<char>(state);
  rows_.Put(turn_->store().rocks().family(Family::Delta), delta_key(quad),
            rocksdb::Slice(&value, 1));
}

void OpenTransaction::remove(const Quad& quad) {
  own_delta().remove(quad, edit_);
  rows_.Delete(turn_->store().rocks().family(Family::Delta), delta_key(quad));
}

bool OpenTransaction::insert(const Quad& quad) {
  check(!is_committed_, "a transaction is used after its commit");
  if (const auto state = delta_->find(quad)) {
    if (*state == DeltaState::Present) return false;
    remove(quad);
    return true;
  }
  if (state_.base->contains(quad)) return false;
  if (rows_.GetDataSize() > kMostBatchBytes)
    throw Error(ErrorCode::Limit, "A transaction can't change more than 3 GB of quads.");
  set(quad, DeltaState::Present);
  return true;
}

bool OpenTransaction::erase(const Quad& quad) {
  check(!is_committed_, "a transaction is used after its commit");
  if (const auto state = delta_->find(quad)) {
    if (*state == DeltaState::Deleted) return false;
    remove(quad);
    return true;
  }
  if (!state_.base->contains(quad)) return false;
  set(quad, DeltaState::Deleted);
  return true;
}

void OpenTransaction::commit() {
  check(!is_committed_, "a transaction is committed twice");
  is_committed_ = true;
  const std::unique_ptr<WriteTurn> turn = std::move(turn_);  // who still reads keeps nobody waiting
  if (rows_.Count() == 0) return;
  const std::vector<std::string_view> terms(new_terms_.begin(), new_terms_.end());
  state_.dictionary->add_entries(terms, first_entry_, rows_);
  state_.counters.next_entry += terms.size();
  ++state_.counters.commit;
  state_.memory = std::make_shared<PredicateMemory>();
  turn->store().commit(rows_, std::make_shared<const StoreState>(state_));
  turn->store().background_fold().start_if_large();
}

}  // namespace

std::unique_ptr<StoreTransaction> make_transaction(std::unique_ptr<WriteTurn> turn) {
  return std::make_unique<OpenTransaction>(std::move(turn));
}

}  // namespace tripten
