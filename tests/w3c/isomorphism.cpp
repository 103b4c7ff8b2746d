// Colour refinement: every blank node gets a colour from the tuples that it stands in, those
// tuples' other blank nodes seen by their colours of the round before, until no more colours
// appear. Nodes of one colour on both sides are candidates for each other; where several share a
// colour, one pair after another is set apart and the refinement goes on, with a bound on the
// number of attempts.
#include "w3c/isomorphism.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace tripten {

namespace {

using Colour = std::uint64_t;
using Colours = std::map<std::string, Colour>;  // by a blank node's label

Colour mixed(Colour seed, Colour value) {
  Colour sum = (seed ^ value) * 0x9E3779B97F4A7C15ULL + 0xD1B54A32D192ED03ULL;
  sum ^= sum >> 29;
  return sum * 0xBF58476D1CE4E5B9ULL;
}

Colour colour_of_term(const Term& term) {
  return mixed(static_cast<Colour>(term.kind()), std::hash<std::string>()(term.to_string()));
}

Colours first_colours(const std::vector<Tuple>& tuples) {
  Colours colours;
  for (const Tuple& tuple : tuples)
    for (const Term& term : tuple)
      if (term.is_blank()) colours[term.value()] = 1;
  return colours;
}

std::size_t distinct_count(const Colours& colours) {
  std::set<Colour> seen;
  for (const auto& [label, colour] : colours)
    seen.insert(colour);
  return seen.size();
}

Colours refined_once(const std::vector<Tuple>& tuples, const Colours& colours) {
  Colours next = colours;
  for (const Tuple& tuple : tuples) {
    std::vector<Colour> parts;
    Colour whole = tuple.size();
    for (const Term& term : tuple) {
      parts.push_back(term.is_blank() ? colours.at(term.value()) : colour_of_term(term));
      whole = mixed(whole, parts.back());
    }
    for (std::size_t i = 0; i < tuple.size(); ++i)  // a sum: the order of tuples doesn't count
      if (tuple[i].is_blank()) next[tuple[i].value()] += mixed(whole, i + 1);
  }
  for (auto& [label, colour] : next)
    colour = mixed(colours.at(label), colour);
  return next;
}

Colours refined(const std::vector<Tuple>& tuples, Colours colours) {
  // Both sides take the same number of rounds as long as they are isomorphic.
  for (std::size_t before = 0, now = distinct_count(colours); now != before;) {
    before = now;
    colours = refined_once(tuples, colours);
    now = distinct_count(colours);
  }
  return colours;
}

std::map<Colour, std::vector<std::string>> classes_of(const Colours& colours) {
  std::map<Colour, std::vector<std::string>> classes;
  for (const auto& [label, colour] : colours)
    classes[colour].push_back(label);
  return classes;
}

std::vector<Tuple> renamed(const std::vector<Tuple>& tuples,
                           const std::map<std::string, std::string>& names) {
  std::vector<Tuple> result = tuples;
  for (Tuple& tuple : result)
    for (Term& term : tuple)
      if (term.is_blank()) term = Term::blank(names.at(term.value()));
  std::sort(result.begin(), result.end());
  return result;
}

class Search {
 public:
  Search(const std::vector<Tuple>& left, const std::vector<Tuple>& right)
      : left_(left),
        right_(renamed(right, same_names(right))) {}

  bool agree(Colours left, Colours right) {
    if (++attempts_ > kMostAttempts) return false;
    left = refined(left_, std::move(left));
    right = refined(right_, std::move(right));
    const auto left_classes = classes_of(left), right_classes = classes_of(right);
    const std::vector<std::string>* smallest = nullptr;
    const std::vector<std::string>* partners = nullptr;
    std::map<std::string, std::string> names;
    for (const auto& [colour, labels] : left_classes) {
      const auto found = right_classes.find(colour);
      if (found == right_classes.end() || found->second.size() != labels.size()) return false;
      names[labels[0]] = found->second[0];
      if (labels.size() == 1 || (smallest && smallest->size() <= labels.size())) continue;
      smallest = &labels;
      partners = &found->second;
    }
    if (left_classes.size() != right_classes.size()) return false;
    if (!smallest) return renamed(left_, names) == right_;
    for (const std::string& partner : *partners) {
      Colours left_apart = left, right_apart = right;
      left_apart[smallest->front()] = right_apart[partner] = kApart + attempts_;
      if (agree(std::move(left_apart), std::move(right_apart))) return true;
    }
    return false;
  }

 private:
  static std::map<std::string, std::string> same_names(const std::vector<Tuple>& tuples) {
    std::map<std::string, std::string> names;
    for (const auto& [label, colour] : first_colours(tuples))
      names[label] = label;
    return names;
  }

  static constexpr int kMostAttempts = 20'000;
  static constexpr Colour kApart = 0xA5A5'0000'0000'0000ULL;

  const std::vector<Tuple>& left_;
  std::vector<Tuple> right_;  // sorted
  int attempts_ = 0;
};

}  // namespace

bool is_isomorphic(const std::vector<Tuple>& left, const std::vector<Tuple>& right) {
  if (left.size() != right.size()) return false;
  return Search(left, right).agree(first_colours(left), first_colours(right));
}

}  // namespace tripten
