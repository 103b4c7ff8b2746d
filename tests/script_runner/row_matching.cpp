// Blank nodes make this graph isomorphism. Scripts are small: a search that pairs rows one by one,
// rows without blank nodes first, and goes back where a pairing does not work out. A budget of
// steps keeps a hostile script from running for ever.
#include "script_runner/row_matching.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tripten {

namespace {

bool has_blank(const ExpectedRow& row) {
  return std::any_of(row.begin(), row.end(),
                     [](const ExpectedTerm& cell) { return cell.term.is_blank(); });
}

class Matching {
 public:
  Matching(const std::vector<ExpectedRow>& expected, const std::vector<AnsweredRow>& answered,
           bool ordered)
      : expected_(expected),
        answered_(answered),
        ordered_(ordered),
        used_(answered.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i)
      order_.push_back(i);
    std::stable_partition(order_.begin(), order_.end(),
                          [&](std::size_t i) { return !has_blank(expected_[i]); });
  }

  /// Whether all rows from the given one on (in order_) find partners.
  bool pair_from(std::size_t place) {
    if (place == order_.size()) return true;
    const std::size_t mine = order_[place];
    const std::size_t first = ordered_ ? mine : 0;
    const std::size_t last = ordered_ ? std::min(mine + 1, used_.size()) : used_.size();
    for (std::size_t i = first; i < last; ++i) {
      if (used_[i] || ++steps_ > kMostSteps) continue;
      const auto before = pairs_;
      if (pair(expected_[mine], answered_[i])) {
        used_[i] = true;
        if (pair_from(place + 1)) return true;
        if (!has_blank(expected_[mine])) return false;  // any other partner is as good
        used_[i] = false;
      }
      pairs_ = before;
    }
    return false;
  }

 private:
  bool pair(const ExpectedRow& mine, const AnsweredRow& other) {
    if (mine.size() != other.size()) return false;
    for (std::size_t i = 0; i < mine.size(); ++i) {
      if (!accepts(mine[i], other[i])) return false;
      if (mine[i].term.is_blank() && !pair(mine[i].term.value(), other[i].value())) return false;
    }
    return true;
  }

  bool pair(const std::string& mine, const std::string& other) {
    const auto forth = pairs_.try_emplace({true, mine}, other).first;
    const auto back = pairs_.try_emplace({false, other}, mine).first;
    return forth->second == other && back->second == mine;
  }

  static constexpr int kMostSteps = 1'000'000;

  const std::vector<ExpectedRow>& expected_;
  const std::vector<AnsweredRow>& answered_;
  bool ordered_;
  std::vector<std::size_t> order_{};
  std::vector<bool> used_;
  std::map<std::pair<bool, std::string>, std::string> pairs_{};  // labels, both ways
  int steps_ = 0;
};

template <typename RowType>
std::string line(char sign, const RowType& row) {
  std::string text = std::string("      ") + sign;
  for (const auto& cell : row)
    text += ' ' + written(cell);
  return text + '\n';
}

bool accepts_row(const ExpectedRow& expected, const AnsweredRow& answered) {
  return expected.size() == answered.size() &&
         std::equal(expected.begin(), expected.end(), answered.begin(), accepts);
}

std::string unordered_difference(const std::vector<ExpectedRow>& expected,
                                 const std::vector<AnsweredRow>& answered) {
  std::vector<bool> used(answered.size());
  std::string text;
  for (const ExpectedRow& row : expected) {
    std::size_t i = 0;
    while (i < answered.size() && (used[i] || !accepts_row(row, answered[i])))
      ++i;
    if (i < answered.size())
      used[i] = true;
    else
      text += line('-', row);
  }
  for (std::size_t i = 0; i < answered.size(); ++i)
    if (!used[i]) text += line('+', answered[i]);
  return text;
}

std::string ordered_difference(const std::vector<ExpectedRow>& expected,
                               const std::vector<AnsweredRow>& answered) {
  std::string text;
  for (std::size_t i = 0; i < std::max(expected.size(), answered.size()); ++i) {
    if (i < expected.size() && i < answered.size() && accepts_row(expected[i], answered[i])) {
      text += line(' ', answered[i]);
      continue;
    }
    if (i < expected.size()) text += line('-', expected[i]);
    if (i < answered.size()) text += line('+', answered[i]);
  }
  return text;
}

}  // namespace

std::string row_difference(const std::vector<ExpectedRow>& expected,
                           const std::vector<AnsweredRow>& answered, bool ordered) {
  if (expected.size() == answered.size() && Matching(expected, answered, ordered).pair_from(0))
    return {};
  std::string text =
      ordered ? ordered_difference(expected, answered) : unordered_difference(expected, answered);
  return text.empty() ? "      the rows agree, but their blank nodes do not\n" : text;
}

}  // namespace tripten
