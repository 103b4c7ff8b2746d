#include "query/output/quad_lines.h"

#include <algorithm>
#include <functional>

#include "rdf/term_codec.h"
#include "rdf/writer.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

constexpr std::size_t kSlots = std::size_t{1} << 16;
constexpr std::size_t kMostUsed = kSlots / 2;
constexpr std::size_t kMostTextBytes = std::size_t{8} << 20;
// Few enough that their terms always find a slot: four a row at most.
constexpr std::size_t kFirstRows = 256, kMostRows = 4096;
static_assert(kMostUsed + 4 * kMostRows < kSlots);

/// Blank nodes and values that the id itself holds.
void append_without_dictionary(TermId id, std::string& scratch, std::string& out) {
  if (id.is_blank()) {
    out += "_:b";
    out += std::to_string(id.payload());
    return;
  }
  scratch.clear();
  append_inline_lexical(id, scratch);
  append_ntriples({.kind = TermKind::Literal, .value = scratch, .datatype = inline_datatype(id)},
                  out);
}

}  // namespace

QuadLines::QuadLines(const StoreView& view, bool has_graphs)
    : view_(view),
      has_graphs_(has_graphs),
      slots_(kSlots),
      rows_at_once_(kFirstRows) {}

void QuadLines::forget_texts() {
  std::fill(slots_.begin(), slots_.end(), Slot{});
  used_ = 0;
  texts_.clear();
}

/// Its own slot, or the free one where it belongs.
QuadLines::Slot& QuadLines::slot_of(TermId id) {
  std::size_t at = std::hash<TermId>()(id) % kSlots;
  while (slots_[at].id && slots_[at].id != id)
    at = (at + 1) % kSlots;
  return slots_[at];
}

/// Sees to it that the terms of a column have their texts.
void QuadLines::find_texts(std::span<const TermId> ids) {
  const auto end_text = [&](Slot& slot, std::size_t start) {
    texts_ += ' ';
    slot.text = {start, texts_.size() - start};
  };
  missing_.clear();
  TermId last;
  for (const TermId id : ids) {
    if (id == last || id == kDefaultGraph) continue;
    last = id;
    Slot& slot = slot_of(id);
    if (slot.id) continue;
    slot.id = id;
    ++used_;
    if (id.in_dictionary()) {
      missing_.push_back(id);
      continue;
    }
    const std::size_t start = texts_.size();
    append_without_dictionary(id, scratch_, texts_);
    end_text(slot, start);
  }
  std::sort(missing_.begin(), missing_.end());
  view_.encoded_terms(missing_, encoded_);
  for (std::size_t i = 0; i < missing_.size(); ++i) {
    const std::size_t start = texts_.size();
    append_ntriples(decode_term(encoded_[i]), texts_);
    end_text(slot_of(missing_[i]), start);
  }
}

std::string_view QuadLines::text_of(TermId id) {
  const Text text = slot_of(id).text;
  return std::string_view(texts_).substr(text.start, text.size);
}

void QuadLines::append(const QuadColumns& rows, QuadOrder order, OutputBuffer& out) {
  Columns terms{};
  const auto positions = order_positions(order);
  for (std::size_t column = 0; column < positions.size(); ++column)
    terms[positions[column]] = rows.columns[column].data();
  for (std::size_t from = 0; from < rows.rows;) {
    const std::size_t to = std::min(rows.rows, from + rows_at_once_);
    append_rows(terms, from, to, out.bytes());
    out.flush_if_full();
    from = to;
    // A table that is full of text after a few rows has long terms: the next rows may be as long.
    const bool is_full = texts_.size() > kMostTextBytes;
    rows_at_once_ = is_full ? std::max<std::size_t>(rows_at_once_ / 4, 1)
                            : std::min(rows_at_once_ * 2, kMostRows);
    if (is_full || used_ > kMostUsed) forget_texts();
  }
}

void QuadLines::append_rows(const Columns& terms, std::size_t from, std::size_t to,
                            std::string& out) {
  const std::size_t columns = has_graphs_ ? 4 : 3;
  for (std::size_t position = 0; position < columns; ++position)
    find_texts({terms[position] + from, to - from});
  std::array<TermId, 4> last{};
  std::array<std::string_view, 4> texts{};
  for (std::size_t row = from; row < to; ++row) {
    for (std::size_t position = 0; position < columns; ++position) {
      const TermId id = terms[position][row];
      if (id != last[position]) {
        last[position] = id;
        texts[position] = id == kDefaultGraph ? std::string_view() : text_of(id);
      }
      out += texts[position];
    }
    out += ".\n";
  }
}

}  // namespace tripten
