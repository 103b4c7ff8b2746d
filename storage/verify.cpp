// verify(): reads everything and names what is wrong.
//
// What is read comes from the files, past the caches of decoded blocks. Each part is looked at
// whether or not the others are damaged.
#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "rdf/term_codec.h"
#include "storage/checksum.h"
#include "storage/keys.h"
#include "storage/store_impl.h"

namespace tripten {
namespace {

constexpr std::array<const char*, 4> kPositionNames{"subject", "predicate", "object", "graph"};

class Verification {
 public:
  Verification(const Rocks& rocks, const StoreState& state,
               const std::function<void(const Damage&)>& report)
      : rocks_(rocks),
        state_(state),
        report_(report) {}

  void run() {
    attempt([&] { rocks_.verify_checksums(); });
    for (std::size_t family = 0; family < kFamilies; ++family)
      attempt([&] {
        rocks_.each(static_cast<Family>(family), {}, {}, [](auto, auto) { return true; });
      });
    for (const auto& one : state_.dictionary->runs())
      for (std::size_t block = 0; block < one->blocks(); ++block)
        attempt([&] { verify_term_block(*one, block); });
    attempt([&] { verify_row_terms(); });
    for (int order = 0; order < kQuadOrders; ++order)
      attempt([&] { verify_order(static_cast<QuadOrder>(order)); });
    attempt([&] { verify_delta(); });
  }

 private:
  template <typename... Args>
  void damage(fmt::format_string<Args...> format, Args&&... args) {
    report_(fmt::format("{}: {}", rocks_.options().name,
                        fmt::format(format, std::forward<Args>(args)...)));
  }

  template <typename Part>
  void attempt(const Part& part) {
    try {
      part();
    } catch (const Error& error) {
      if (error.code != ErrorCode::Corrupt && error.code != ErrorCode::Io) throw;
      report_(error.what());
    }
  }

  void verify_term_block(const TermRun& run, std::size_t number) {
    const TermBlockPtr block = run.read_block(number);
    if (!run.fits_index(number, *block))
      damage("dictionary run {}, block {}: its terms are out of order", run.record().run, number);
    for (std::size_t i = 0; i < block->terms(); ++i)
      verify_term(block->term(i), run.first_entry_of(number) + i);
  }

  void verify_term(std::string_view encoded, std::uint64_t entry) {
    try {
      decode_term(encoded);
    } catch (const Error&) {
      damage("dictionary entry {} is no term", entry);
    }
  }

  /// Terms that came by transactions: each has its hash, each hash its terms.
  void verify_row_terms() {
    std::uint64_t terms = 0, hashed = 0;
    const std::uint64_t end =
        state_.counters.next_entry;  // entries from there on are of later commits
    const RowTerms& rows = state_.dictionary->rows();
    rows.each(end, [&](std::uint64_t entry, std::string_view encoded) {
      ++terms;
      verify_term(encoded, entry);
      const auto known = state_.dictionary->find(encoded, end);
      if (!known || known->payload() != entry)
        damage("dictionary entry {} can't be found by its term", entry);
      return true;
    });
    rows.each_hash([&](std::uint64_t, std::string_view entries) {
      ByteReader in(entries);
      while (!in.at_end())
        hashed += in.u64() < end;
    });
    for (const auto& one : state_.dictionary->runs())
      terms += one->record().entries, hashed += one->record().entries;
    const std::uint64_t entries = end - state_.base->manifest().epoch.first_entry;
    if (terms != entries || hashed != entries)
      damage("the dictionary has {} terms and {} ways to find them, not {}", terms, hashed,
             entries);
  }

  /// Rows sorted, metadata and group counts right, and the same quads as in the other orders.
  void verify_order(QuadOrder order) {
    const TermId one_graph = state_.base->manifest().one_graph;
    if (order == QuadOrder::Gspo && one_graph) return verify_id(one_graph, 3);  // it is Spog
    const auto& blocks = state_.base->index(order).blocks();
    std::uint64_t sum = 0;
    bool is_whole = true;
    Quad before;
    groups_.clear();
    for (std::size_t number = 0; number < blocks.size(); ++number) {
      const std::size_t read = blocks_read_;
      attempt([&] {
        const std::vector<Quad> rows = rows_of(*state_.base->read_block(order, number));
        verify_block(order, number, rows, before);
        for (const Quad& row : rows)
          sum += hash_of(from_order(row, order));
        ++blocks_read_;
      });
      is_whole = is_whole && blocks_read_ != read;
    }
    if (!is_whole) return;
    if (!known_sum_)
      known_sum_ = sum;
    else if (*known_sum_ != sum)
      damage("order {} does not hold the quads that the orders before it hold", name_of(order));
    if (has_group_counts(order)) verify_groups(order);
    if (order == QuadOrder::Spog) attempt([&] { verify_sets(); });
    verify_leading_ids(order);
  }

  static std::vector<Quad> rows_of(const QuadBlock& block) {
    std::vector<Quad> rows(block.rows());
    std::vector<TermId> ids(block.rows());
    for (std::size_t c = 0; c < 4; ++c) {
      block.column(c).decode(0, rows.size(), ids.data());
      for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].terms[c] = ids[i];
    }
    return rows;
  }

  static std::uint64_t hash_of(const Quad& quad) {
    return hash_bytes({reinterpret_cast<const char*>(quad.terms.data()), sizeof quad.terms});
  }

  void verify_block(QuadOrder order, std::size_t number, const std::vector<Quad>& rows,
                    Quad& before) {
    bool is_sorted = true;
    for (const Quad& row : rows) {
      is_sorted = is_sorted && before < row;
      if (groups_.empty() || groups_.back().id != row.terms[0]) groups_.push_back({row.terms[0]});
      ++groups_.back().quads;
      groups_.back().values += groups_.back().quads == 1 || before.terms[1] != row.terms[1];
      if (order == QuadOrder::Spog) sets_.add(row);
      before = row;
    }
    if (!is_sorted) damage("order {}, block {}: its rows are out of order", name_of(order), number);
    BlockMeta meta = describe_block(rows);
    meta.first_row = state_.base->index(order).blocks()[number].first_row;
    if (meta != state_.base->index(order).blocks()[number])
      damage("order {}, block {}: its metadata does not fit", name_of(order), number);
  }

  void verify_groups(QuadOrder order) {
    const auto& known = state_.base->groups(order);
    if (known != groups_) damage("order {}: its group counts do not fit its quads", name_of(order));
  }

  void verify_sets() {
    if (sets_.finish() != state_.base->characteristic_sets())
      damage("the characteristic sets do not fit the quads");
  }

  void verify_leading_ids(QuadOrder order) {
    const bool is_first_of_position = order == QuadOrder::Spog || order == QuadOrder::Psog ||
                                      order == QuadOrder::Ospg || order == QuadOrder::Gspo;
    if (!is_first_of_position) return;
    for (const GroupCount& group : groups_)
      verify_id(group.id, order_positions(order)[0]);
  }

  void verify_id(TermId id, std::size_t position) {
    if (id == kDefaultGraph && position == 3) return;
    if (id.is_inline()) return;
    if (id.is_blank() && id.payload() < state_.counters.next_blank) return;
    if (id.in_dictionary()) {
      std::string term;
      attempt([&] { state_.dictionary->append_term(id, term); });
      return;
    }
    damage("a quad's {} has the id {:#x}, which stands for nothing", kPositionNames[position],
           id.bits());
  }

  void verify_delta() {
    const DeltaImage& delta = *state_.delta;
    for (int o = 0; o < kQuadOrders; ++o) {
      const auto order = static_cast<QuadOrder>(o);
      std::size_t rows = 0;
      delta.each(order, delta.begin(), delta.end(order), [&](const Quad& row, DeltaState state) {
        ++rows;
        const Quad quad = from_order(row, order);
        if (delta.find(quad) != state)
          damage("order {} of the delta has a row that it should not have", name_of(order));
        if (order == QuadOrder::Spog) verify_delta_row(quad, state);
      });
      if (rows != delta.rows())
        damage("order {} of the delta has {} rows, not {}", name_of(order), rows, delta.rows());
    }
  }

  void verify_delta_row(const Quad& quad, DeltaState state) {
    const bool is_in_base = state_.base->contains(quad);
    if (is_in_base != (state == DeltaState::Deleted))
      damage("a row of the delta is {} the base", is_in_base ? "already in" : "deleted but not in");
    for (std::size_t position = 0; position < 4; ++position)
      verify_id(quad.terms[position], position);
  }

  const Rocks& rocks_;
  const StoreState& state_;
  const std::function<void(const Damage&)>& report_;
  std::vector<GroupCount> groups_{};  // of the order at hand
  CharacteristicSetCounter sets_{};
  std::optional<std::uint64_t> known_sum_{};
  std::size_t blocks_read_ = 0;
};

}  // namespace

void StoreImpl::verify(const std::function<void(const Damage&)>& report) const {
  const StoreStatePtr now = state();
  Verification(*rocks_, *now, report).run();
}

}  // namespace tripten
