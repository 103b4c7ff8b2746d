#include "query/results/delimited_solutions.h"

#include <fmt/format.h>

namespace tripten {

void DelimitedSolutions::read(SolutionSink& sink) {
  source_.skip_character("\uFEFF");
  if (source_.done())
    throw source_.error(ErrorCode::Syntax, "expected a row of variables, found nothing");
  if (!read_head(sink)) return;
  while (!source_.done()) {
    source_.begin_counting(kLongestSolution, "a solution");
    read_row();
    row_.give_to(sink);
    source_.unmark();
  }
}

/// False where that was the whole answer.
bool DelimitedSolutions::read_head(SolutionSink& sink) {
  next(cell_);
  const bool is_boolean = cell_.text == "true" || cell_.text == "false";
  if (is_boolean && !cell_.quoted && cell_.ends_row && source_.done()) {
    sink.boolean(cell_.text == "true");
    return false;
  }
  const bool is_none = cell_.ends_row && cell_.text.empty() && !cell_.quoted;
  if (!is_none) row_.add_variable(variable_of(cell_));
  while (!cell_.ends_row) {
    next(cell_);
    row_.add_variable(variable_of(cell_));
  }
  source_.unmark();
  sink.begin(row_.variables());
  return true;
}

void DelimitedSolutions::read_row() {
  const std::vector<std::string>& variables = row_.variables();
  std::size_t cells = 0;
  do {
    next(cell_);
    const bool is_empty = cell_.text.empty() && !cell_.quoted;
    if (variables.empty() && is_empty && cell_.ends_row) return;
    if (cells == variables.size())
      throw source_.error(
          ErrorCode::Syntax,
          fmt::format("the row has more cells than the head has variables ({})", variables.size()));
    if (!is_empty) row_.bind(variables[cells], term_of(cell_));
    ++cells;
  } while (!cell_.ends_row);
  if (cells < variables.size())
    throw source_.error(ErrorCode::Syntax,
                        fmt::format("the row ends after {} of {} cells", cells, variables.size()));
}

}  // namespace tripten
