// Choices: the numbers that a random dataset or query is made of, kept so that it can be made
// again, and made smaller.
//
// A generator asks only here, and takes 0 as the simplest of each choice: leaving numbers out or
// replacing them by 0 gives another query, valid too, and mostly a smaller one (the idea is
// Hypothesis's: MacIver and Donaldson, "Test-Case Reduction via Test-Case Generation", 2020).
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace tripten::test {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : random_(seed) {}
  /// The same choices again, and zeros behind them.
  explicit Choices(std::vector<std::uint32_t> made) : given_(std::move(made)), replays_(true) {}

  /// A number from 0 to below `limit`.
  int below(int limit) {
    std::uint32_t number = 0;
    if (!replays_)
      number = static_cast<std::uint32_t>(random_() % static_cast<std::uint64_t>(limit));
    else if (made_.size() < given_.size())
      number = given_[made_.size()] % static_cast<std::uint32_t>(limit);
    made_.push_back(number);
    return static_cast<int>(number);
  }

  /// True so many times of a hundred.
  bool chance(int of_hundred) { return below(100) >= 100 - of_hundred; }

  template <typename Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }
  std::string one_of(std::initializer_list<const char*> values) {
    return *(values.begin() + below(static_cast<int>(values.size())));
  }

  /// Those made so far.
  const std::vector<std::uint32_t>& made() const { return made_; }

 private:
  std::mt19937_64 random_{};
  std::vector<std::uint32_t> given_{};
  bool replays_ = false;
  std::vector<std::uint32_t> made_{};
};

}  // namespace tripten::test
