// The quads of a view as terms, to be compared with those of a model.
#pragma once

#include <array>
#include <set>

#include "tripten/term.h"

#include "storage/store.h"

namespace tripten::test {

using TermQuad = std::array<Term, 4>;
using TermQuads = std::set<TermQuad>;

inline TermQuads quads_of(const StoreView& view) {
  TermQuads quads;
  QuadScan scan = view.scan(QuadOrder::Spog, {});
  QuadColumns rows;
  while (scan.next(rows))
    for (std::size_t i = 0; i < rows.rows; ++i)
      quads.insert({view.term(rows.columns[0][i]), view.term(rows.columns[1][i]),
                    view.term(rows.columns[2][i]), view.term(rows.columns[3][i])});
  return quads;
}

}  // namespace tripten::test
