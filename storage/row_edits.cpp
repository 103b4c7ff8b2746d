#include "storage/row_edits.h"

#include <algorithm>

namespace tripten {
namespace {

/// How many of the ascending ids are below `id`: first in steps that double, since neighbouring
/// edits are close to each other, then in halves, chosen without a branch that none could foresee.
std::size_t count_below(const TermId* ids, std::size_t count, TermId id) {
  std::size_t passed = 0, step = 64;
  while (passed + step < count && ids[passed + step - 1] < id) {
    passed += step;
    step *= 2;
  }
  const TermId* at = ids + passed;
  for (std::size_t left = std::min(step, count - passed); left > 0;) {
    const std::size_t half = (left + 1) / 2;
    at += at[half - 1] < id ? half : 0;
    left -= half;
  }
  return static_cast<std::size_t>(at - ids);
}

bool is_below(const ColumnPointers& columns, std::size_t at, const Quad& row) {
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c][at] != row.terms[c]) return columns[c][at] < row.terms[c];
  return false;
}

void delete_rows(std::span<const RowEdit> edits, std::size_t rows, TermId* ids) {
  std::size_t kept = 0, from = 0;
  const auto keep_until = [&](std::size_t to) {
    if (kept != from) std::copy(ids + from, ids + to, ids + kept);
    kept += to - from;
    from = to;
  };
  for (const RowEdit& edit : edits) {
    if (!edit.is_deletion()) continue;
    keep_until(edit.place);
    ++from;
  }
  keep_until(rows);
}

}  // namespace

std::size_t find_row(const ColumnPointers& columns, std::size_t from, std::size_t to,
                     const Quad& row) {
  if (from == to) return from;
  std::size_t c = 0;
  while (c + 1 < columns.size() && columns[c][from] == row.terms[c] &&
         columns[c][to - 1] == row.terms[c])
    ++c;
  from += count_below(columns[c] + from, to - from, row.terms[c]);
  // Few rows have the same id in that column: they are looked at in steps that double.
  std::size_t step = 1;
  while (from + step <= to && is_below(columns, from + step - 1, row)) {
    from += step;
    step *= 2;
  }
  for (std::size_t left = std::min(step, to - from); left > 0;) {
    const std::size_t half = (left + 1) / 2;
    if (is_below(columns, from + half - 1, row)) from += half;
    left -= half;
  }
  return from;
}

void apply_edits(std::span<const RowEdit> edits, std::size_t column, std::size_t rows,
                 TermId* ids) {
  std::size_t deleted = 0, inserted = 0;
  for (const RowEdit& edit : edits) {
    deleted += edit.is_deletion();
    inserted += edit.inserted.size();
  }
  if (deleted > 0) delete_rows(edits, rows, ids);
  // Insertions from the last to the first: each row moves once.
  std::size_t end = rows - deleted, deleted_before = deleted;
  for (auto edit = edits.rbegin(); inserted > 0; ++edit) {
    if (edit->is_deletion()) {
      --deleted_before;
      continue;
    }
    const std::size_t place = edit->place - deleted_before;
    std::copy_backward(ids + place, ids + end, ids + end + inserted);
    end = place;
    inserted -= edit->inserted.size();
    TermId* out = ids + end + inserted;
    for (const Quad& row : edit->inserted)
      *out++ = row.terms[column];
  }
}

}  // namespace tripten
