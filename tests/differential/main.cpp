// test_differential: random queries and updates over random small datasets, against the naive
// evaluator that is written from the recommendation (naive/).
//
//   test_differential [--seed N|random] [--start N] [--count N] [--coverage] [--stop-after N]
//
// The trial number K of a seed is always the same one: `--seed S --start K --count 1` repeats it.
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string_view>

#include "differential/random_graph.h"
#include "differential/random_query.h"
#include "differential/shrink.h"
#include "differential/trial.h"

using namespace tripten;
using namespace tripten::test;

namespace {

constexpr std::uint64_t kTrialsOfDataset = 24;
constexpr std::uint64_t kUpdateEvery = 8;  // of so many trials one is an update

struct Arguments {
  std::uint64_t seed = 20110621, start = 0, count = 20'000, stop_after = 5;
  bool coverage = false;
};

bool read_arguments(int count, char** words, Arguments& arguments) {
  const std::map<std::string_view, std::uint64_t*> numbers{{"--seed", &arguments.seed},
                                                           {"--start", &arguments.start},
                                                           {"--count", &arguments.count},
                                                           {"--stop-after", &arguments.stop_after}};
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--coverage") {
      arguments.coverage = true;
      continue;
    }
    const auto number = numbers.find(word);
    if (number == numbers.end() || i + 1 == count) return false;
    const std::string value = words[++i];
    if (value == "random")
      *number->second = std::random_device()();
    else if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos)
      return false;
    else
      *number->second = std::stoull(value);
  }
  return true;
}

/// The seed of one thing (SplitMix64: Steele, Lea and Flood, 2014).
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t number, std::uint64_t what) {
  std::uint64_t z = seed * 0x9E3779B97F4A7C15u + number * 0xBF58476D1CE4E5B9u + what;
  for (const int shift : {30, 27, 31}) {
    z = (z ^ (z >> shift)) * 0x94D049BB133111EBu;
  }
  return z ^ (z >> 32);
}

/// The settings rotate: every trial runs as written, optimised, and with a plan of chance.
std::vector<RunOptions> runs_of(std::uint64_t seed, std::uint64_t number) {
  constexpr std::size_t kBatches[] = {1024, 2, 1, 3};
  std::vector<RunOptions> runs(3);
  runs[0].batch_rows = kBatches[number % 4];
  runs[1].batch_rows = kBatches[(number / 4) % 4];
  runs[1].optimise = false;
  runs[2].batch_rows = kBatches[(number / 16) % 4];
  runs[2].plan_seed = static_cast<std::uint32_t>(seed_of(seed, number, 3)) | 1u;
  RunOptions& parallel = runs[number % 2 == 0 ? 0 : 2];
  parallel.threads = 1 + number / 2 % 3;
  parallel.parallel_cost = 0;
  constexpr std::uint64_t kLimitedEvery = 50;
  constexpr std::size_t kLimit = 20'000;
  if (number % kLimitedEvery == 0) runs[number / kLimitedEvery % 3].memory_bytes = kLimit;
  return runs;
}

class Program {
 public:
  explicit Program(const Arguments& arguments) : arguments_(arguments) {}

  int run() {
    std::cout << "seed " << arguments_.seed << std::endl;  // also of a run that crashes
    for (std::uint64_t i = 0; i < arguments_.count && failed_ < arguments_.stop_after; ++i)
      try_one(arguments_.start + i);
    report();
    return failed_ == 0 ? 0 : 1;
  }

 private:
  void try_one(std::uint64_t number) {
    take_dataset(number / kTrialsOfDataset);
    Choices choices(seed_of(arguments_.seed, number, 2));
    subject_.is_update = number % kUpdateEvery == kUpdateEvery - 1;
    // The choices that a query is made of are known once it is made.
    if (subject_.is_update) {
      random_update(choices);
    } else {
      if (choices.chance(4)) {
        choices.below(3);
        random_term(choices);
      }
      random_query(choices);
    }
    subject_.choices = choices.made();
    const std::vector<RunOptions> runs = runs_of(arguments_.seed, number);
    const TrialResult result = run_trial(subject_, runs, *dataset_, &coverage_);
    switch (result.outcome) {
      case Outcome::Same:
        ++compared_;
        break;
      case Outcome::NotCompared:
        ++not_compared_[result.reason];
        break;
      case Outcome::Different:
        ++failed_;
        print(number, result.difference);
    }
    ++tried_;
  }

  void take_dataset(std::uint64_t number) {
    if (dataset_ && number == dataset_number_) return;
    dataset_number_ = number;
    Choices choices(seed_of(arguments_.seed, number, 1));
    subject_.quads = random_quads(choices);
    layout_ = static_cast<Layout>(number % 3);
    dataset_ = std::make_unique<LoadedDataset>(subject_.quads, layout_);
  }

  void print(std::uint64_t number, const Difference& found) {
    print("trial " + std::to_string(number), found);
    const Settings settings{layout_, {found.run}};
    const Subject small = shrink(subject_, settings);
    const TrialResult again = run_trial(small, settings);
    if (again.outcome == Outcome::Different) print("the same made smaller", again.difference);
    std::cout << "repeat: test_differential --seed " << arguments_.seed << " --start " << number
              << " --count 1\n"
              << std::endl;
  }

  void print(const std::string& headline, const Difference& difference) const {
    std::cout << "==== " << headline << " (" << difference.settings << ")\n"
              << difference.text << "\n";
    if (!difference.bindings.empty()) std::cout << "with " << difference.bindings;
    std::cout << "---- over\n"
              << difference.trig << "---- expected\n"
              << difference.expected << "---- found\n"
              << difference.found << "\n---- by\n"
              << difference.plan << "\n";
  }

  void report() {
    if (arguments_.coverage) std::cout << coverage_.to_string();
    std::uint64_t not_compared = 0;
    for (const auto& [reason, times] : not_compared_) {
      not_compared += times;
      if (arguments_.coverage) std::cout << "not compared, " << reason << ": " << times << "\n";
    }
    constexpr std::uint64_t kManyTrials = 5000;
    const bool met_all = tried_ < kManyTrials || coverage_.missing().empty();
    if (!met_all) {
      ++failed_;
      for (const std::string& name : coverage_.missing())
        std::cout << "never met: " << name << "\n";
    }
    std::cout << not_compared << " of " << tried_
              << " have several right answers, or too long a way to them\n"
              << compared_ << " passed, " << failed_ << " failed\n";
  }

  const Arguments& arguments_;
  Subject subject_{};
  Layout layout_ = Layout::Delta;
  std::uint64_t dataset_number_ = 0;
  std::unique_ptr<LoadedDataset> dataset_{};
  Coverage coverage_{};
  std::uint64_t tried_ = 0, compared_ = 0, failed_ = 0;
  std::map<std::string, std::uint64_t> not_compared_{};
};

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  if (!read_arguments(count, words, arguments)) {
    std::cerr << "test_differential [--seed N|random] [--start N] [--count N] [--coverage] "
                 "[--stop-after N]\n";
    return 2;
  }
  return Program(arguments).run();
}
