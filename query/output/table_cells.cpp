#include "query/output/table_cells.h"

#include <algorithm>

#include "base/utf8.h"
#include "rdf/datatype.h"

namespace tripten {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kMostLabels = 20'000;

/// Characters of a local name that need no escape (a part of SPARQL's PN_LOCAL).
bool is_local_name(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '.' || text.back() == '.'))
    return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool is_ordinary_ascii(char c) {
  return c >= 0x20 && c < 0x7F;
}

/// Marks that set the direction of text (Unicode Standard Annex #9) and line separators.
bool turns_line(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

/// The text's begin and an ellipsis in `width` columns; the text is wider than these.
void append_begin(std::string_view text, std::size_t width, std::string& out) {
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t bytes = decode_utf8(text).bytes;
    const std::size_t columns = display_width(text.substr(0, bytes));
    if (used + columns + 1 > width) break;
    out.append(text, 0, bytes);
    used += columns;
    text.remove_prefix(bytes);
  }
  if (width > 0) out += kEllipsis;
}

/// What tells IRIs apart is at their ends: `<…ncbigene/5728>` in `width` columns, which are fewer
/// than it has.
void append_end_of_iri(std::string_view iri, std::size_t width, std::string& out) {
  std::size_t begin = iri.size(), columns = 2;  // `<` and the ellipsis
  while (begin > 1) {
    std::size_t before = begin - 1;
    while (before > 1 && (static_cast<unsigned char>(iri[before]) & 0xC0) == 0x80)
      --before;
    columns += display_width(iri.substr(before, begin - before));
    if (columns > width) break;
    begin = before;
  }
  out.append("<").append(kEllipsis).append(iri.substr(begin));
}

/// An IRI in < > and its label: the IRI gives way first. False where `text` does not begin with
/// one, or has no room for a piece of one.
bool append_cut_iri(std::string_view text, std::size_t width, std::string& out) {
  constexpr std::size_t kLeastColumns = 10, kColumnsBesideLabel = 16;
  const std::size_t end = text.find('>');
  if (!text.starts_with('<') || end == std::string_view::npos || width < kLeastColumns)
    return false;
  const std::string_view iri = text.substr(0, end + 1), label = text.substr(end + 1);
  const std::size_t of_label = display_width(label), of_iri = display_width(iri);
  const std::size_t beside = width - std::min(width, of_label);
  const std::size_t room = std::min(of_iri, beside >= kLeastColumns ? beside : kColumnsBesideLabel);
  if (room + 2 > width && of_label > 0) return false;
  if (of_iri <= std::min(room, width))
    out += iri;
  else
    append_end_of_iri(iri, std::min(room, width), out);
  const std::size_t left = width - display_width(out);
  if (of_label <= left)
    out += label;
  else
    append_begin(label, left, out);
  return true;
}

}  // namespace

void append_visible(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const auto ordinary = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), is_ordinary_ascii) - text.begin());
    out.append(text, 0, ordinary);
    text.remove_prefix(ordinary);
    if (text.empty()) return;
    const DecodedCodePoint next = decode_utf8(text);
    text.remove_prefix(next.bytes);
    const char32_t c = next.code_point;
    if (c == '\n')
      out += "↵";
    else if (c == '\t')
      out += ' ';
    else if (c != '\r')
      append_utf8(c < 0x20 || (c >= 0x7F && c < 0xA0) || turns_line(c) ? kReplacementCharacter : c,
                  out);
  }
}

TableCells::TableCells(const WriteOptions& options)
    : ask_labels_(options.labels),
      unbound_(options.unbound) {
  for (const auto& [prefix, iri] : options.prefixes)
    if (!iri.empty()) namespaces_.emplace_back(iri, prefix);
  std::stable_sort(namespaces_.begin(), namespaces_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

void TableCells::fetch_labels(const Batch& batch, std::size_t rows, const QueryTerms& terms) {
  if (!ask_labels_) return;
  if (labels_.size() > kMostLabels) labels_.clear();
  std::vector<Term> unknown;
  std::string scratch;
  for (const Column& column : batch.columns)
    for (std::size_t row = 0; row < std::min(rows, batch.rows); ++row) {
      const TermView term = terms.get(column[row], scratch);
      if (term.kind != TermKind::Iri) continue;
      if (labels_.try_emplace(std::string(term.value)).second) unknown.push_back(term_of(term));
    }
  if (unknown.empty()) return;
  const std::vector<std::string> labels = ask_labels_(unknown);
  for (std::size_t i = 0; i < std::min(labels.size(), unknown.size()); ++i)
    labels_[unknown[i].value()] = labels[i];
}

std::string_view TableCells::label_of(std::string_view iri) const {
  if (labels_.empty()) return {};
  const auto it = labels_.find(std::string(iri));
  return it == labels_.end() ? std::string_view() : it->second;
}

bool TableCells::append_prefixed(std::string_view iri, std::string& out) const {
  for (const auto& [start, prefix] : namespaces_) {
    if (!iri.starts_with(start) || !is_local_name(iri.substr(start.size()))) continue;
    out.append(prefix).append(":");
    append_visible(iri.substr(start.size()), out);
    return true;
  }
  return false;
}

void TableCells::append_name(std::string_view iri, std::string& out) const {
  if (append_prefixed(iri, out)) return;
  out += '<';
  append_visible(iri, out);
  out += '>';
}

void TableCells::append(const TermView& term, std::string& out) const {
  switch (term.kind) {
    case TermKind::Unbound:
      out += unbound_;
      return;
    case TermKind::Iri:
      append_name(term.value, out);
      if (const std::string_view label = label_of(term.value); !label.empty()) {
        out += ' ';
        append_visible(label, out);
      }
      return;
    case TermKind::Blank:
      out += "_:";
      break;
    case TermKind::Literal:
      break;
  }
  append_visible(term.value, out);
  if (!term.language.empty()) out.append("@").append(term.language);
}

bool is_number_cell(const TermView& term) {
  return term.kind == TermKind::Literal && !term.datatype.empty() &&
         is_numeric_type(datatype_of_iri(term.datatype));
}

std::string_view fit(std::string_view text, std::size_t width, std::string& scratch) {
  // No character is wider than its bytes are many.
  if (text.size() <= width || display_width(text) <= width) return text;
  scratch.clear();
  if (!append_cut_iri(text, width, scratch)) append_begin(text, width, scratch);
  return scratch;
}

}  // namespace tripten
