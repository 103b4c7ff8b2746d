// QueryTerms: the pool of Local terms, and a small cache of decoded dictionary entries.
//
// A Local term is kept as its encoded bytes (rdf/term_codec.h); blank nodes, which have no
// encoding, as 0x01 and the label. Fresh blank nodes are labelled q1, q2, ...; stored ones b1, b2,
// ... So the labels never meet, and an id's payload is its place in the pool.
//
// The cache maps an id to its encoded bytes, one entry a slot, chosen by the id's hash: a join or
// sort asks for the same few thousand terms again and again, and an entry costs the store a block
// lookup. What is asked for the first time is not copied: most answers name most terms once. It
// holds at most kMostCacheSlots * kMostCachedBytes bytes (2 MB), and begins small: most queries
// are. The threads of a query share the pool and have a cache each.
#include "query/expr/query_terms.h"

#include <mutex>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text_pool.h"
#include "rdf/term_codec.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

constexpr char kBlankByte = 1;
constexpr std::size_t kFirstCacheSlots = 64, kMostCacheSlots = 8192;
constexpr std::size_t kMostCachedBytes = 256;
// What the pool may grow by between two questions to the budget.
constexpr std::size_t kLeaseStep = std::size_t{64} << 10;

TermView decode_local(std::string_view bytes) {
  if (bytes[0] == kBlankByte) return {.kind = TermKind::Blank, .value = bytes.substr(1)};
  return decode_term(bytes);
}

/// Whether a blank node's label may be one that the database gave: `b` and a number.
bool is_stored_label(std::string_view label) {
  return label.size() > 1 && label.size() < 20 && label[0] == 'b' &&
         (label[1] != '0' || label.size() == 2) &&
         label.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

struct CacheSlot {
  TermId id{};
  std::string bytes{};
};

}  // namespace

struct QueryTerms::LocalTerms {
  explicit LocalTerms(MemoryBudget& budget) : lease(budget) {}

  TextPool terms{};
  MemoryLease lease;
  std::uint64_t blanks = 0;
  std::string encoded{};
  std::mutex mutex{};
  bool is_shared = false;  // by several threads

  [[nodiscard]] std::unique_lock<std::mutex> lock() {
    return is_shared ? std::unique_lock(mutex) : std::unique_lock<std::mutex>();
  }

  TermId add(std::string_view bytes) {
    // The lease is ahead, so that most terms cost no atomic operation, and a long one waits for it.
    if (terms.bytes() + bytes.size() > lease.bytes())
      lease.resize(terms.bytes() + bytes.size() + kLeaseStep);
    return {IdKind::Local, terms.add(bytes)};
  }

  std::optional<TermId> find(std::string_view bytes) const {
    const auto number = terms.find(bytes);
    if (!number) return std::nullopt;
    return TermId(IdKind::Local, *number);
  }
};

struct QueryTerms::Cache {
  std::vector<CacheSlot> slots{};
  std::size_t looked_up = 0;  // ids since the cache has its size

  /// Where an id's bytes are kept. The cache forgets them when it grows.
  CacheSlot& slot_of(TermId id) {
    if (looked_up++ == slots.size() * 4 && slots.size() < kMostCacheSlots) {
      slots.assign(slots.empty() ? kFirstCacheSlots : kMostCacheSlots, {});
      looked_up = 1;
    }
    return slots[std::hash<TermId>()(id) % slots.size()];
  }
};

QueryTerms::QueryTerms(const StoreView& view, std::shared_ptr<LocalTerms> local)
    : view_(view),
      local_(std::move(local)),
      cache_(std::make_unique<Cache>()) {}

QueryTerms::QueryTerms(const StoreView& view, MemoryBudget& budget)
    : QueryTerms(view, std::make_shared<LocalTerms>(budget)) {}
QueryTerms::~QueryTerms() = default;

std::unique_ptr<QueryTerms> QueryTerms::for_other_thread(QueryTerms& terms) {
  terms.local_->is_shared = true;
  return std::unique_ptr<QueryTerms>(new QueryTerms(terms.view_, terms.local_));
}

TermId QueryTerms::intern(const TermView& term) {
  if (term.kind == TermKind::Unbound) return kUnbound;
  if (const auto id = inline_id(term)) return *id;
  const auto lock = local_->lock();
  std::string& bytes = local_->encoded;
  bytes.clear();
  if (term.kind == TermKind::Blank)
    bytes.append(1, kBlankByte).append(term.value);
  else
    append_encoded(term, bytes);
  // The pool first: what is there is not in the view, and looking costs less.
  if (const auto id = local_->find(bytes)) return *id;
  if (term.kind != TermKind::Blank || is_stored_label(term.value))
    if (const auto id = view_.find(term)) return *id;
  return local_->add(bytes);
}

TermView QueryTerms::get(TermId id, std::string& scratch) const {
  scratch.clear();
  switch (id.kind()) {
    case IdKind::Special:
      return {};
    case IdKind::Blank: {
      scratch += 'b';
      scratch += std::to_string(id.payload());
      return {.kind = TermKind::Blank, .value = scratch};
    }
    case IdKind::Local: {
      const auto lock = local_->lock();
      check(id.payload() < local_->terms.size(), "a query asked for a term that it never made");
      return decode_local(local_->terms[id.payload()]);
    }
    default:
      break;
  }
  if (id.is_inline()) {
    append_inline_lexical(id, scratch);
    return {.kind = TermKind::Literal, .value = scratch, .datatype = inline_datatype(id)};
  }
  CacheSlot& slot = cache_->slot_of(id);
  if (slot.id == id && !slot.bytes.empty()) {
    scratch = slot.bytes;
    return decode_term(scratch);
  }
  const bool again = std::exchange(slot.id, id) == id;
  view_.append_encoded_term(id, scratch);
  if (!again)
    slot.bytes.clear();
  else if (scratch.size() <= kMostCachedBytes)
    slot.bytes = scratch;
  return decode_term(scratch);
}

Term QueryTerms::term(TermId id) const {
  std::string scratch;
  return term_of(get(id, scratch));
}

void QueryTerms::find_runs() const {
  runs_ = view_.ids_between(IdKind::Iri, "", "").ordered;
}

TermId QueryTerms::fresh_blank() {
  const auto lock = local_->lock();
  std::string bytes;
  do {
    bytes = kBlankByte;
    bytes += 'q';
    bytes += std::to_string(++local_->blanks);
  } while (local_->find(bytes));
  return local_->add(bytes);
}

}  // namespace tripten
