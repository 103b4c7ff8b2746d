// What all stores, views and scans have in common.
#include "storage/store.h"

#include <fmt/format.h>

#include "rdf/term_codec.h"
#include "storage/inline_term.h"
#include "storage/scan_source.h"

namespace tripten {

QuadScan::QuadScan(std::unique_ptr<Source> source) : source_(std::move(source)) {}
QuadScan::QuadScan(QuadScan&&) noexcept = default;
QuadScan& QuadScan::operator=(QuadScan&&) noexcept = default;
QuadScan::~QuadScan() = default;

bool QuadScan::next(QuadColumns& out, std::size_t limit) {
  return source_->next(out, limit);
}

bool QuadScan::next_runs(ColumnRuns& out, std::size_t columns, std::size_t limit) {
  return source_->next_runs(out, columns, limit);
}

const ScanWork& QuadScan::work() const {
  return source_->work();
}

void QuadScan::seek(const Quad& row) {
  source_->seek(row);
}

Term StoreView::term(TermId id) const {
  if (id.kind() == IdKind::Special) return {};
  if (id.is_blank()) return Term::blank(fmt::format("b{}", id.payload()));
  std::string bytes;
  if (id.is_inline()) {
    append_inline_lexical(id, bytes);
    return Term::typed(bytes, inline_datatype(id));
  }
  append_encoded_term(id, bytes);
  return term_of(decode_term(bytes));
}

namespace {

std::string with_kind(IdKind kind, std::string_view text) {
  return static_cast<char>(kind) + std::string(text);
}

/// The least text above all that begin with `prefix`, whose first byte is not 0xFF.
std::string after_prefix(std::string prefix) {
  while (prefix.back() == '\xFF')
    prefix.pop_back();
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

}  // namespace

TermRanges StoreView::ids_with_prefix(IdKind kind, std::string_view prefix) const {
  const std::string low = with_kind(kind, prefix);
  return term_ranges(kind, low, after_prefix(low));
}

TermRanges StoreView::ids_between(IdKind kind, std::string_view low, std::string_view high) const {
  return term_ranges(kind, with_kind(kind, low),
                     high.empty() ? after_prefix(with_kind(kind, "")) : with_kind(kind, high));
}

void StoreView::encoded_terms(std::span<const TermId> ids, EncodedTerms& out,
                              std::size_t most) const {
  out.clear();
  std::string term;
  for (const TermId id : ids) {
    if (out.bytes() >= most) return;
    term.clear();
    append_encoded_term(id, term);
    out.add(term);
  }
}

QuadOrder best_order(const QuadPattern& pattern) {
  const bool subject(pattern.subject()), predicate(pattern.predicate()), object(pattern.object());
  if (!subject && !predicate && !object) return pattern.graph() ? QuadOrder::Gspo : QuadOrder::Spog;
  if (subject) return object && !predicate ? QuadOrder::Sopg : QuadOrder::Spog;
  if (predicate) return object ? QuadOrder::Posg : QuadOrder::Psog;
  return QuadOrder::Ospg;
}

}  // namespace tripten
