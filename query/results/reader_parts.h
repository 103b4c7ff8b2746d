// What the readers of the four formats share.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"
#include "tripten/term.h"

#include "base/input.h"
#include "query/results/solution_reader.h"

namespace tripten {

/// A solution that takes more bytes than this is refused.
constexpr std::size_t kLongestSolution = std::size_t{128} << 20;

/// Where a reader is in its document.
class Place {
 public:
  virtual ~Place() = default;
  /// The sentence with the document's name, the line and the column in front.
  virtual Error error(ErrorCode code, std::string_view what) const = 0;
};

/// The solution that is being read, over the variables of the document's head.
class SolutionRow {
 public:
  explicit SolutionRow(const Place& place) : place_(place) {}

  /// Invalid for a name that is empty or not a word, or that stands there twice.
  void add_variable(std::string name);
  const std::vector<std::string>& variables() const { return variables_; }

  /// Throws where the variable is not declared or already bound.
  void bind(const std::string& variable, Term term);
  void give_to(SolutionSink& sink);  ///< And starts anew.

 private:
  const Place& place_;
  std::vector<std::string> variables_{};
  std::map<std::string, std::size_t, std::less<>> columns_{};
  std::vector<Term> terms_{};
};

// Terms of a document, checked. They throw Invalid at `place`.
Term checked_iri(std::string_view iri, const Place& place);
Term checked_blank(std::string_view label, const Place& place);
/// `datatype` and `language` are empty where the document has none.
Term checked_literal(std::string_view lexical, std::string_view datatype, std::string_view language,
                     const Place& place);

void read_json_solutions(Input& input, SolutionSink& sink);
void read_xml_solutions(Input& input, SolutionSink& sink);
void read_tsv_solutions(Input& input, SolutionSink& sink);
void read_csv_solutions(Input& input, SolutionSink& sink);

}  // namespace tripten
