#include "query/guidance/why_empty.h"

#include <algorithm>

#include <fmt/format.h>

#include "query/guidance/likely_causes.h"
#include "query/guidance/pattern_parts.h"

namespace tripten {

namespace {

constexpr std::size_t kMostCauses = 8;
/// UNIONs and sub-SELECTs inside one another.
constexpr int kMostDepth = 3;
/// Up to so many parts each is left out once; of more the largest part is grown from the first.
constexpr std::size_t kMostLeftOut = 12;

using Parts = std::vector<const PatternPart*>;

Parts without(const Parts& parts, std::size_t left_out) {
  Parts others = parts;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
  return others;
}

class Explanation {
 public:
  Explanation(const CauseContext& context, EmptyAnswer& why) : context_(context), why_(why) {}

  /// Of a pattern without solutions.
  void explain(const GraphPattern& pattern, int depth) {
    const PatternParts found = parts_of(pattern, context_.names);
    for (const std::string& service : found.services)
      add_unique(why_.not_judged, "SERVICE " + service + " was not asked");
    Parts parts;
    for (const PatternPart& part : found.parts)
      parts.push_back(&part);
    const GraphPattern bare = with_conditions(pattern, [](std::size_t) { return false; });
    if (!parts.empty() && !has(joined(parts)))
      ended_by_part(parts, depth);
    else if (!has(bare))
      why_.causes.push_back("BIND gives a variable a value that no solution has");
    else
      ended_by_condition(pattern, found, parts);
  }

 private:
  bool has(const GraphPattern& pattern) {
    // What could not be found out in time is taken for something.
    return context_.probe.has(pattern).value_or(true);
  }

  static void add_unique(std::vector<std::string>& texts, std::string text) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end() && texts.size() < kMostCauses)
      texts.push_back(std::move(text));
  }

  void set_parts(const Parts& largest, const std::string& ends_it) {
    if (!why_.ends_it.empty()) return;  // of the outermost pattern
    for (const PatternPart* part : largest)
      why_.largest += (why_.largest.empty() ? "" : " . ") + part->text;
    why_.ends_it = ends_it;
  }

  /// Parts with solutions of their own, and those without.
  void ended_by_part(const Parts& parts, int depth) {
    Parts some, none;
    for (const PatternPart* part : parts)
      (has(part->pattern) ? some : none).push_back(part);
    if (none.empty()) {
      ended_together(parts, depth);
      return;
    }
    set_parts(grown(some), none.front()->text);
    for (const PatternPart* part : none)
      add_causes(*part, {}, depth);
  }

  /// As many parts as have solutions together, taken in the order of the text.
  Parts grown(const Parts& parts) {
    if (parts.empty() || has(joined(parts))) return parts;
    Parts largest;
    for (const PatternPart* part : parts) {
      largest.push_back(part);
      if (!has(joined(largest))) largest.pop_back();
    }
    return largest;
  }

  void ended_together(const Parts& parts, int depth) {
    std::vector<std::size_t> ends;  // parts without which there are solutions
    if (parts.size() <= kMostLeftOut)
      for (std::size_t i = 0; i < parts.size(); ++i)
        if (has(joined(without(parts, i)))) ends.push_back(i);
    if (ends.empty()) {
      const Parts largest = grown(parts);
      const auto end = std::find_if(parts.begin(), parts.end(), [&](const PatternPart* part) {
        return std::find(largest.begin(), largest.end(), part) == largest.end();
      });
      if (end == parts.end()) return;
      set_parts(largest, (*end)->text);
      add_causes(**end, largest, depth);
      return;
    }
    // One with a cause that shows is likelier than one that only fails to go with the rest.
    std::vector<std::string> causes;
    std::size_t chosen = ends.back();
    for (const std::size_t i : ends) {
      causes = causes_of(context_, *parts[i], joined(without(parts, i)));
      const bool shows = !causes.empty() && causes[0].find("by itself") == std::string::npos;
      if (!shows && i != ends.back()) continue;
      chosen = i;
      if (shows) break;
    }
    set_parts(without(parts, chosen), parts[chosen]->text);
    for (std::string& cause : causes)
      add_unique(why_.causes, std::move(cause));
    if (depth < kMostDepth) explain_inside(*parts[chosen], depth);
  }

  void add_causes(const PatternPart& part, const Parts& rest, int depth) {
    for (std::string& cause : causes_of(context_, part, joined(rest)))
      add_unique(why_.causes, std::move(cause));
    if (depth < kMostDepth) explain_inside(part, depth);
  }

  /// A UNION or sub-SELECT that has no solutions by itself.
  void explain_inside(const PatternPart& part, int depth) {
    const GraphPattern* pattern = &part.pattern;
    if (const auto* graph = std::get_if<Graph>(&pattern->node)) pattern = &*graph->pattern;
    if (has(part.pattern)) return;
    if (const auto* both = std::get_if<Union>(&pattern->node)) {
      explain(*both->left, depth + 1);
      explain(*both->right, depth + 1);
    } else if (std::holds_alternative<Project>(pattern->node) ||
               std::holds_alternative<Slice>(pattern->node) ||
               std::holds_alternative<Distinct>(pattern->node)) {
      Modifiers modifiers;
      const GraphPattern& where = without_modifiers(*pattern, modifiers);
      if (!has(where)) explain(where, depth + 1);
    }
  }

  void ended_by_condition(const GraphPattern& pattern, const PatternParts& found,
                          const Parts& parts) {
    const auto only = [&](const auto& keep) { return with_conditions(pattern, keep); };
    std::optional<std::size_t> end;
    for (std::size_t i = 0; i < found.conditions.size() && !end; ++i)
      if (!has(only([&](std::size_t other) { return other == i; }))) end = i;
    std::size_t before = 0;  // conditions that hold when the one comes
    for (std::size_t i = 0; i < found.conditions.size() && !end; ++i)
      if (!has(only([&](std::size_t other) { return other <= i; }))) end = before = i;
    if (!end) return;
    const PatternCondition& condition = found.conditions[*end];
    set_parts(parts, condition.text);
    const GraphPattern rest = only([&](std::size_t other) { return other < before; });
    std::vector<std::string> causes{"MINUS takes away every solution"};
    if (condition.filter) causes = causes_of(context_, *condition.filter, rest);
    for (std::string& cause : causes)
      add_unique(why_.causes, std::move(cause));
  }

  const CauseContext& context_;
  EmptyAnswer& why_;
};

/// What stands above the pattern of WHERE and can leave nothing.
std::vector<std::string> causes_above(const Query& query, const Modifiers& modifiers) {
  if (modifiers.limits) return {"LIMIT or OFFSET passes over all solutions"};
  if (modifiers.having) return {"HAVING keeps none of the groups"};
  if (std::holds_alternative<ConstructForm>(query.form))
    return {"the pattern has solutions, but none fills the template"};
  return {};
}

}  // namespace

EmptyAnswer why_empty(const StoreView& view, const DataSummary& summary, const Query& query,
                      const RunOptions& options, const Interrupt& interrupt) {
  EmptyAnswer why;
  const SparqlNames names = SparqlNames::with_known(query.prefixes);
  SolutionProbe probe(view, query, options, interrupt);
  const CauseContext context{view, summary, names, probe,
                             Deadline(std::chrono::milliseconds(1000))};
  if (summary.predicates.empty()) {
    why.causes.push_back("the database is empty");
    return why;
  }
  Modifiers modifiers;
  const GraphPattern& where = without_modifiers(query.pattern, modifiers);
  // Without SERVICE, which nobody asks.
  const bool some =
      probe.has(with_conditions(where, [](std::size_t) { return true; })).value_or(false);
  const std::vector<std::string> services = parts_of(where, names).services;
  why.has_solutions = some && services.empty();
  if (some) {
    for (const std::string& service : services)
      why.causes.push_back("the rest has solutions, so that SERVICE " + service +
                           " gives none, or none that go with it");
    if (!services.empty()) return why;
    if (std::holds_alternative<ConstructForm>(query.form) ||
        !probe.has(query.pattern).value_or(true))
      why.causes = causes_above(query, modifiers);
  } else {
    Explanation(context, why).explain(where, 0);
  }
  if (probe.gave_up()) why.not_judged.push_back("some parts took too long to be asked");
  return why;
}

}  // namespace tripten
