// Quads are left out one by one; of the query's choices runs of falling length are left out, then
// single ones made 0 or halved, as long as any of that succeeds.
#include "differential/shrink.h"

#include <algorithm>

namespace tripten::test {

namespace {

class Shrinker {
 public:
  Shrinker(Subject subject, const Settings& settings, int most_trials)
      : subject_(std::move(subject)),
        settings_(settings),
        left_(most_trials) {}

  Subject run() {
    bool smaller = true;
    while (smaller && left_ > 0) {
      smaller = leave_out_choices();
      smaller = lower_choices() || smaller;
      smaller = leave_out_quads() || smaller;
    }
    return subject_;
  }

 private:
  bool takes(const Subject& candidate) {
    if (left_ <= 0) return false;
    --left_;
    if (run_trial(candidate, settings_).outcome != Outcome::Different) return false;
    subject_ = candidate;
    return true;
  }

  bool leave_out_choices() {
    bool any = false;
    for (std::size_t length = 64; length > 0; length /= 2)
      for (std::size_t at = 0; at < subject_.choices.size();) {
        Subject candidate = subject_;
        const auto begin = candidate.choices.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t end = std::min(at + length, candidate.choices.size());
        candidate.choices.erase(begin,
                                candidate.choices.begin() + static_cast<std::ptrdiff_t>(end));
        if (takes(candidate))
          any = true;
        else
          at += length;
      }
    return any;
  }

  bool lower_choices() {
    bool any = false;
    for (std::size_t at = 0; at < subject_.choices.size(); ++at)
      for (const std::uint32_t lower : {0u, subject_.choices[at] / 2}) {
        if (at >= subject_.choices.size() || lower >= subject_.choices[at]) continue;
        Subject candidate = subject_;
        candidate.choices[at] = lower;
        any = takes(candidate) || any;
      }
    return any;
  }

  bool leave_out_quads() {
    bool any = false;
    const naive::TermQuads all = subject_.quads;
    for (const naive::TermQuad& quad : all) {
      Subject candidate = subject_;
      candidate.quads.erase(quad);
      any = takes(candidate) || any;
    }
    return any;
  }

  Subject subject_;
  const Settings& settings_;
  int left_;
};

}  // namespace

Subject shrink(Subject subject, const Settings& settings, int most_trials) {
  return Shrinker(std::move(subject), settings, most_trials).run();
}

}  // namespace tripten::test
