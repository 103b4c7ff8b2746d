#include "load/sorted_part.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "load/term_sort.h"
#include "storage/bytes.h"

namespace tripten {
namespace {

constexpr std::size_t kIdBytes = std::size_t{1} << 16;

template <typename Number>
void append_numbers(const std::vector<Number>& numbers, SpillFile& file) {
  file.append({reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)});
}

template <typename Number>
std::vector<Number> read_numbers(const SpillFile& file, std::uint64_t at, std::size_t count) {
  std::vector<Number> numbers(count);
  file.read(at, reinterpret_cast<char*>(numbers.data()), count * sizeof(Number));
  return numbers;
}

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(differ.first - a.begin());
}

}  // namespace

SortedPart::SortedPart(LoadPart::Content content)
    : term_count_(content.terms.size()),
      inline_count_(content.inline_terms.size()),
      quad_count_(content.quads.size()),
      only_graph_(content.only_graph),
      table_(std::move(content.terms)),
      order_(sorted_numbers(table_.terms())),
      inline_terms_(std::move(content.inline_terms)),
      quads_(std::move(content.quads)) {}

void SortedPart::store(const std::filesystem::path& folder) {
  file_.emplace(folder);
  SpillWriter writer(*file_);
  std::string_view before;
  for (const TermNumber number : order_) {
    const std::string_view term = table_.term(number);
    const std::size_t shared = shared_prefix(before, term);
    std::string& out = writer.buffer();
    append_varint(shared, out);
    append_varint(term.size() - shared, out);
    out += term.substr(shared);
    before = term;
  }
  writer.flush();
  table_ = {};
  numbers_at_ = file_->size();
  append_numbers(std::exchange(order_, {}), *file_);
  inline_at_ = file_->size();
  append_numbers(std::exchange(inline_terms_, {}), *file_);
  quads_at_ = file_->size();
  for (auto& chunk : quads_.chunks())
    append_numbers(std::exchange(chunk, {}), *file_);
  quads_ = {};
  ids_at_ = file_->size();
}

SortedPart::Terms::Terms(const SortedPart& part) : part_(&part) {
  if (part.file_) reader_.emplace(*part.file_, 0, part.numbers_at_);
  if (!at_end()) read();
}

void SortedPart::Terms::next() {
  ++at_;
  if (!at_end()) read();
}

void SortedPart::Terms::read() {
  if (!reader_) {
    term_ = part_->table_.term(part_->order_[at_]);
    return;
  }
  decoded_.resize(reader_->varint());
  decoded_ += reader_->bytes(reader_->varint());
  term_ = decoded_;
}

void SortedPart::add_id(TermId id) {
  if (!file_) {
    ids_.push_back(id);
    return;
  }
  append_u64(id.bits(), unwritten_ids_);
  if (unwritten_ids_.size() >= kIdBytes) {
    file_->append(unwritten_ids_);
    unwritten_ids_.clear();
  }
}

void SortedPart::forget_terms() {
  table_ = {};
  if (!file_) return;
  file_->append(unwritten_ids_);
  unwritten_ids_ = {};
}

std::vector<NumberedId> SortedPart::sorted_ids() const {
  std::vector<TermNumber> stored_order;
  std::vector<TermId> stored_ids, stored_inline;
  if (file_) {
    stored_order = read_numbers<TermNumber>(*file_, numbers_at_, term_count_);
    stored_ids = read_numbers<TermId>(*file_, ids_at_, term_count_);
    stored_inline = read_numbers<TermId>(*file_, inline_at_, inline_count_);
  }
  const auto& order = file_ ? stored_order : order_;
  const auto& in_order = file_ ? stored_ids : ids_;
  const auto& inline_terms = file_ ? stored_inline : inline_terms_;
  std::vector<NumberedId> sorted;
  sorted.reserve(distinct());
  for (std::size_t i = 0; i < term_count_; ++i)
    sorted.push_back({in_order[i], order[i]});
  for (std::size_t i = 0; i < inline_count_; ++i)
    sorted.push_back({inline_terms[i], kFirstInline + static_cast<TermNumber>(i)});
  // New terms ascend already; terms of older runs and inline ids may not.
  const auto is_below = [](const NumberedId& a, const NumberedId& b) { return a.id < b.id; };
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(term_count_);
  if (!std::is_sorted(sorted.begin(), middle, is_below))
    std::sort(sorted.begin(), middle, is_below);
  std::sort(middle, sorted.end(), is_below);
  std::inplace_merge(sorted.begin(), middle, sorted.end(), is_below);
  return sorted;
}

std::optional<TermId> SortedPart::graph() const {
  if (quad_count_ == 0) return kUnbound;
  if (!only_graph_) return std::nullopt;
  if (*only_graph_ >= kFirstInline) {
    const std::size_t place = *only_graph_ - kFirstInline;
    if (!file_) return inline_terms_[place];
    return read_numbers<TermId>(*file_, inline_at_ + place * sizeof(TermId), 1).front();
  }
  const auto in_file = file_ ? read_numbers<TermNumber>(*file_, numbers_at_, term_count_)
                             : std::vector<TermNumber>();
  const std::vector<TermNumber>& order = file_ ? in_file : order_;
  const auto place =
      static_cast<std::size_t>(std::find(order.begin(), order.end(), *only_graph_) - order.begin());
  check(place < term_count_, "a part of a load has lost its graph");
  if (!file_) return ids_[place];
  return read_numbers<TermId>(*file_, ids_at_ + place * sizeof(TermId), 1).front();
}

void SortedPart::take_quads(std::size_t most,
                            const std::function<void(std::vector<NumberedQuad>&)>& use) {
  std::vector<NumberedQuad> quads;
  if (file_) {
    for (std::uint64_t at = 0; at < quad_count_; at += quads.size()) {
      quads = read_numbers<NumberedQuad>(*file_, quads_at_ + at * sizeof(NumberedQuad),
                                         std::min<std::uint64_t>(most, quad_count_ - at));
      use(quads);
    }
    file_.reset();
    return;
  }
  for (auto& chunk : quads_.chunks()) {
    if (!quads.empty() && quads.size() + chunk.size() > most) {
      use(quads);
      quads.clear();
    }
    quads.insert(quads.end(), chunk.begin(), chunk.end());
    chunk = {};
  }
  if (!quads.empty()) use(quads);
  quads_ = {};
}

}  // namespace tripten
