// Coverage: how often each kind of thing occurred in the trials.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "query/algebra/query.h"

namespace tripten::test {

class Coverage {
 public:
  void add(const Query& query);
  void add(const Update& update);
  /// The operators of a plan, as Operator::describe() names them.
  void add_plan(const std::string& plan);

  /// How many solutions, triples or quads an answer has.
  void add_answer(std::size_t rows) {
    count("answer", rows == 0 ? "of nothing" : rows == 1 ? "of one row" : "of several rows");
  }

  /// One line a kind: how often, its name.
  std::string to_string() const;
  /// What a run of many trials must have met, and this one has not.
  std::vector<std::string> missing() const;

 private:
  void add(const GraphPattern& pattern);
  void add(const Expression& expression);
  void add(const PropertyPath& path);
  void count(const std::string& kind, const std::string& name) { ++counts_[kind + " " + name]; }

  std::map<std::string, std::uint64_t> counts_{};
};

}  // namespace tripten::test
