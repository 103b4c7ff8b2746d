// Proposals: what a completion has found so far, each text once, in the order of its finding.
#pragma once

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "tripten/completion.h"

#include "base/letter_case.h"

namespace tripten {

/// Whether a text begins with what was typed, letters of either case being the same.
inline bool begins_like(std::string_view text, std::string_view typed) {
  return text.size() >= typed.size() &&
         std::equal(typed.begin(), typed.end(), text.begin(),
                    [](char a, char b) { return to_ascii_lower(a) == to_ascii_lower(b); });
}

class Proposals {
 public:
  Proposals(Completion& out, std::size_t most) : out_(out), most_(most) {}

  bool empty() const { return out_.proposals.empty(); }
  bool full() const { return out_.proposals.size() >= most_; }
  void add(Proposal proposal) {
    if (full()) {
      out_.complete = false;
    } else if (seen_.insert(proposal.text).second) {
      out_.proposals.push_back(std::move(proposal));
    }
  }
  void cut_short() { out_.complete = false; }

 private:
  Completion& out_;
  std::size_t most_;
  std::unordered_set<std::string> seen_{};
};

}  // namespace tripten
