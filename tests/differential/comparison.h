// Whether the engine's answer is one that the recommendation allows.
#pragma once

#include <string>

#include "differential/engine.h"

namespace tripten::test {

/// What the naive evaluator expects, as text, or why there is nothing to compare.
struct Verdict {
  enum class Kind { Same, Different, NotCompared };
  Kind kind = Kind::Same;
  std::string expected{}, found{};  ///< Different.
  std::string reason{};             ///< NotCompared.
};

/// The naive answer to a query, computed once for all settings.
class ExpectedAnswer {
 public:
  ExpectedAnswer(const Query& query, const naive::TermQuads& quads,
                 const naive::Solution& bindings);

  Verdict compare(const Answer& answer) const;
  bool is_determined() const { return reason_.empty(); }

 private:
  Verdict compare_solutions(const naive::Solutions& found) const;
  Verdict compare_part(const naive::Solutions& found) const;
  Verdict compare_reduced(const naive::Solutions& found) const;
  bool is_in_order(const naive::Solutions& found) const;

  const Query& query_;
  naive::RdfDataset dataset_;
  naive::Solutions solutions_{};
  naive::TermQuads triples_{};
  naive::TermQuads quads_;
  bool is_part_ = false;     // solutions_ are those of the outermost Slice's operand
  bool is_reduced_ = false;  // solutions_ are those of the outermost Reduced's operand
  std::string reason_{};
};

/// Whether two sets of quads are the same but for the labels of blank nodes that `known` does not
/// have: labels are replaced by what is said of each node, again and again, which tells all small
/// graphs apart but very regular ones.
bool same_but_for_labels(const naive::TermQuads& a, const naive::TermQuads& b,
                         const naive::TermQuads& known);

}  // namespace tripten::test
