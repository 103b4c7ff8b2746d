// RandomPattern: random group graph patterns and sub-SELECTs as text, with the variables that are
// in scope (SPARQL 1.1 §18.2.1), on which it depends what may stand where.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "differential/choices.h"

namespace tripten::test {

/// Names of variables with their question mark.
using Names = std::set<std::string>;

/// A pattern or query and what is in scope behind it.
struct PatternText {
  std::string text;
  Names visible{};
};

class RandomPattern {
 public:
  explicit RandomPattern(Choices& choices) : choices_(choices) {}

  /// `{ ... }`, at most `depth` groups inside one another.
  PatternText group(int depth);
  /// SELECT with its WHERE and modifiers; `from` goes before WHERE.
  PatternText select(int depth, const std::string& from);
  /// Some FROM and FROM NAMED, or nothing; USING for updates.
  std::string dataset_clause(const std::string& keyword);

  std::string variable();
  std::string iri();
  std::string graph_name();
  std::string predicate();
  std::string term();
  /// A triple of a template. `blank` begins the labels of its blank nodes, it has none where empty.
  std::string template_triple(const Names& visible, const std::string& blank);
  /// Some triple patterns without blank nodes.
  std::string plain_triples();
  /// LIMIT, OFFSET or both.
  std::string slice();

 private:
  void element(PatternText& group, int depth);
  void triples(PatternText& group);
  void path(PatternText& group);
  std::string property_path(int depth);
  std::string negated_set();
  void graph(PatternText& group, int depth);
  void bind(PatternText& group, int depth);
  PatternText values();
  void sub_select(PatternText& group, int depth);
  std::string fresh_name(const Names& taken);

  // random_select.cpp
  PatternText plain(const PatternText& where, const std::string& from, int depth);
  PatternText grouped(const PatternText& where, const std::string& from, int depth);
  std::string group_by(Names& keys, Names& taken);
  std::string order_by(const Names& visible, bool total, int depth);
  std::string aggregate();

  // random_expression.cpp
  std::string expression(int depth);
  std::string truth(int depth);
  std::string value(int depth);
  std::string operand();
  std::string exists(int depth);

  Choices& choices_;
  int blank_ = 0;      // labels so far: each belongs to one basic graph pattern
  Names operands_{};   // where not empty, expressions speak of these alone (GROUP BY)
  Names preferred_{};  // bound so far: expressions mostly speak of them
};

}  // namespace tripten::test
