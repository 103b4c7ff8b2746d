#include "query/algebra/print.h"

#include <fmt/format.h>

#include "query/algebra/expression_text.h"
#include "query/algebra/overloaded.h"

namespace tripten {

namespace {

std::string to_string(const Variable& variable) {
  return "?" + variable.name;
}

template <typename Range, typename Print>
std::string joined(const Range& range, std::string_view separator, Print print) {
  std::string text;
  for (const auto& item : range) {
    if (&item != &*std::begin(range)) text += separator;
    text += print(item);
  }
  return text;
}

std::string joined(const std::vector<Variable>& variables) {
  return joined(variables, " ", [](const Variable& variable) { return to_string(variable); });
}

/// Prints a pattern tree, a line a node.
class TreePrinter {
 public:
  void print(const GraphPattern& pattern, int depth) {
    const std::string head =
        std::visit([](const auto& node) { return TreePrinter::head(node); }, pattern.node);
    text_.append(static_cast<std::size_t>(depth) * 2, ' ').append(head).append("\n");
    std::visit(
        [&](const auto& node) {
          if constexpr (requires { node.left; }) {
            print(*node.left, depth + 1);
            print(*node.right, depth + 1);
          } else if constexpr (requires { *node.pattern; }) {
            print(*node.pattern, depth + 1);
          }
        },
        pattern.node);
  }

  std::string take() { return std::move(text_); }

 private:
  static std::string head(const Bgp& bgp) {
    if (bgp.patterns.empty()) return "Bgp";
    return "Bgp " + joined(bgp.patterns, " . ", [](const TriplePattern& pattern) {
             return tripten::to_string(pattern);
           });
  }
  static std::string head(const Path& path) {
    return fmt::format("Path {} {} {}", tripten::to_string(path.subject),
                       tripten::to_string(path.path), tripten::to_string(path.object));
  }
  static std::string head(const Join&) { return "Join"; }
  static std::string head(const LeftJoin& join) {
    return join.condition ? "LeftJoin " + tripten::to_string(*join.condition) : "LeftJoin";
  }
  static std::string head(const Filter& filter) {
    return "Filter " + tripten::to_string(filter.condition);
  }
  static std::string head(const Union&) { return "Union"; }
  static std::string head(const Minus&) { return "Minus"; }
  static std::string head(const Lateral&) { return "Lateral"; }
  static std::string head(const Graph& graph) { return "Graph " + tripten::to_string(graph.name); }
  static std::string head(const Extend& extend) {
    return fmt::format("Extend {} {}", to_string(extend.variable),
                       tripten::to_string(extend.expression));
  }
  static std::string head(const Values& values) {
    std::string text = "Values (" + joined(values.variables) + ")";
    for (const auto& row : values.rows)
      text +=
          " (" +
          joined(row, " ",
                 [](const Term& term) { return term ? term.to_string() : std::string("UNDEF"); }) +
          ")";
    return text;
  }
  static std::string head(const Group& group) {
    std::string text = "Group (" + joined(group.keys) + ")";
    for (const Aggregate& aggregate : group.aggregates)
      text += " " + tripten::to_string(aggregate);
    return text;
  }
  static std::string head(const OrderBy& order) {
    return "OrderBy " + joined(order.conditions, " ", [](const OrderCondition& condition) {
             return tripten::to_string(condition);
           });
  }
  static std::string head(const Project& project) {
    return "Project (" + joined(project.variables) + ")";
  }
  static std::string head(const Distinct&) { return "Distinct"; }
  static std::string head(const Reduced&) { return "Reduced"; }
  static std::string head(const Slice& slice) {
    return fmt::format("Slice {} {}", slice.offset,
                       slice.limit ? std::to_string(*slice.limit) : "all");
  }
  static std::string head(const Service& service) {
    return fmt::format("Service {}{}", service.silent ? "SILENT " : "",
                       tripten::to_string(service.name));
  }

  std::string text_;
};

/// Paths bind as productions 88 to 94 nest: alternatives, sequences, inverses, then closures.
int precedence(const PropertyPath& path) {
  return std::visit(
      Overloaded{[](const PathAlternative&) { return 1; }, [](const PathSequence&) { return 2; },
                 [](const PathInverse&) { return 3; }, [](const PathZeroOrMore&) { return 4; },
                 [](const PathOneOrMore&) { return 4; }, [](const PathZeroOrOne&) { return 4; },
                 [](const auto&) { return 5; }},
      path.node);
}

std::string inside(const PropertyPath& path, int least) {
  const std::string text = tripten::to_string(path);
  return precedence(path) < least ? "(" + text + ")" : text;
}

}  // namespace

std::string to_string(const PatternTerm& term) {
  const auto* variable = std::get_if<Variable>(&term);
  return variable ? to_string(*variable) : std::get<Term>(term).to_string();
}

std::string to_string(const TriplePattern& pattern) {
  return fmt::format("{} {} {}", to_string(pattern.subject), to_string(pattern.predicate),
                     to_string(pattern.object));
}

std::string to_string(const PropertyPath& path) {
  return std::visit(
      Overloaded{[](const PathLink& link) { return link.iri.to_string(); },
                 [](const PathInverse& inverse) { return "^" + inside(*inverse.path, 4); },
                 [](const PathSequence& sequence) {
                   return inside(*sequence.first, 2) + "/" + inside(*sequence.second, 3);
                 },
                 [](const PathAlternative& either) {
                   return inside(*either.first, 1) + "|" + inside(*either.second, 2);
                 },
                 [](const PathZeroOrMore& closure) { return inside(*closure.path, 5) + "*"; },
                 [](const PathOneOrMore& closure) { return inside(*closure.path, 5) + "+"; },
                 [](const PathZeroOrOne& option) { return inside(*option.path, 5) + "?"; },
                 [](const PathNegatedSet& set) {
                   std::string text;
                   for (const Term& iri : set.forward)
                     text += (text.empty() ? "" : "|") + iri.to_string();
                   for (const Term& iri : set.inverse)
                     text += (text.empty() ? "^" : "|^") + iri.to_string();
                   return "!(" + text + ")";
                 }},
      path.node);
}

std::string to_string(const Expression& expression) {
  return expression_text(
      expression, {.variable = [](const Variable& variable) { return to_string(variable); },
                   .pattern =
                       [](const GraphPattern& pattern) {
                         std::string tree = to_string(pattern);
                         tree.pop_back();
                         for (std::size_t at = 0; (at = tree.find('\n', at)) != std::string::npos;)
                           tree.replace(at, 1, ";");
                         return "{ " + tree + " }";
                       }});
}

std::string to_string(const GraphPattern& pattern) {
  TreePrinter printer;
  printer.print(pattern, 0);
  return printer.take();
}

std::string to_string(const OrderCondition& condition) {
  return fmt::format("{}({})", condition.descending ? "DESC" : "ASC",
                     to_string(condition.expression));
}

std::string to_string(const Aggregate& aggregate) {
  const std::string argument = aggregate.argument ? to_string(*aggregate.argument) : "*";
  return fmt::format("{} AS ?{}", aggregate_text(aggregate, argument), aggregate.result.name);
}

}  // namespace tripten
