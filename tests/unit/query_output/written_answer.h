// Answers made by hand, written in the formats of query/output.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "query/output/solution_writer.h"
#include "unit/query_expr/expression_fixture.h"

namespace tripten {

struct Answer {
  std::vector<std::string> variables{};
  std::vector<std::vector<Term>> rows{};

  std::string written(Format format, const WriteOptions& options = {}) const {
    DictionaryView view;
    MemoryBudget budget;
    QueryTerms terms(view, budget);
    std::ostringstream out;
    const auto writer = make_solution_writer(out, format, options);
    writer->begin(variables);
    // Batches of two rows: what ends a batch must not show.
    for (std::size_t first = 0; first < rows.size(); first += 2) {
      Batch batch;
      batch.reset(variables.size());
      for (std::size_t row = first; row < std::min(first + 2, rows.size()); ++row, ++batch.rows)
        for (std::size_t i = 0; i < variables.size(); ++i)
          batch.columns[i].push_back(terms.intern(view_of(rows[row][i])));
      writer->write(batch, terms);
    }
    writer->finish();
    return out.str();
  }
};

inline std::string written_boolean(Format format, bool answer) {
  std::ostringstream out;
  make_solution_writer(out, format)->write_boolean(answer);
  return out.str();
}

}  // namespace tripten
