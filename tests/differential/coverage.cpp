#include "differential/coverage.h"

#include <array>
#include <sstream>
#include <string_view>

#include "query/algebra/overloaded.h"

namespace tripten::test {

namespace {

// A name a kind, in the order of the variants: a kind more is a compile error.
constexpr std::array kNodes{"Bgp",     "Path",    "Join",     "LeftJoin", "Filter", "Union",
                            "Minus",   "Lateral", "Graph",    "Extend",   "Values", "Group",
                            "OrderBy", "Project", "Distinct", "Reduced",  "Slice",  "Service"};
static_assert(kNodes.size() == std::variant_size_v<GraphPattern::Node>);
constexpr std::array kPaths{"Link",       "Inverse",   "Sequence",  "Alternative",
                            "ZeroOrMore", "OneOrMore", "ZeroOrOne", "NegatedSet"};
static_assert(kPaths.size() == std::variant_size_v<PropertyPath::Node>);
constexpr std::array kForms{"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"};
constexpr std::array kOperations{"INSERT DATA", "DELETE DATA", "Modify",  "LOAD",
                                 "CLEAR",       "CREATE",      "Transfer"};
static_assert(kOperations.size() == std::variant_size_v<decltype(UpdateOperation::node)>);

/// What asks somebody else, or has an answer of the implementation's own.
constexpr std::array kLeftOut{"node Service", "form DESCRIBE", "update LOAD"};

constexpr std::array kOperators{"BindJoin",
                                "ChunkKeys",
                                "ChunkRows",
                                "Distinct",
                                "Extend",
                                "Filter",
                                "GraphLoop",
                                "Group",
                                "HashJoin Join",
                                "HashJoin LeftJoin",
                                "HashJoin SemiJoin",
                                "HashJoin AntiJoin",
                                "HashJoin Minus",
                                "IndexJoin",
                                "IndexScan",
                                "LateralJoin",
                                "MergeJoin",
                                "NoSolutions",
                                "OneSolution",
                                "Order",
                                "PathJoin",
                                "PathScan",
                                "Project",
                                "Slice",
                                "UnionAll",
                                "Values"};

}  // namespace

void Coverage::add(const PropertyPath& path) {
  count("path", kPaths[path.node.index()]);
  std::visit(
      [&](const auto& node) {
        if constexpr (requires { node.path; }) add(*node.path);
        if constexpr (requires { node.first; }) {
          add(*node.first);
          add(*node.second);
        }
      },
      path.node);
}

void Coverage::add(const Expression& expression) {
  std::visit(Overloaded{[](const Variable&) {}, [](const Term&) {},
                        [&](const FunctionCall& call) {
                          count("function", std::string(name_of(call.function)));
                          for (const Expression& argument : call.arguments)
                            add(argument);
                        },
                        [&](const Exists& exists) {
                          count("function", exists.negated ? "NOT EXISTS" : "EXISTS");
                          add(*exists.pattern);
                        }},
             expression.node);
}

void Coverage::add(const GraphPattern& pattern) {
  count("node", kNodes[pattern.node.index()]);
  std::visit(
      [&](const auto& node) {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (requires { node.pattern; }) add(*node.pattern);
        if constexpr (requires { node.left; }) {
          add(*node.left);
          add(*node.right);
        }
        if constexpr (std::is_same_v<Node, Path>) add(node.path);
        if constexpr (std::is_same_v<Node, Filter>) add(node.condition);
        if constexpr (std::is_same_v<Node, Extend>) add(node.expression);
        if constexpr (std::is_same_v<Node, LeftJoin>)
          if (node.condition) add(*node.condition);
        if constexpr (std::is_same_v<Node, OrderBy>)
          for (const OrderCondition& condition : node.conditions)
            add(condition.expression);
        if constexpr (std::is_same_v<Node, Group>)
          for (const Aggregate& aggregate : node.aggregates) {
            count("aggregate", std::string(name_of(aggregate.kind)) +
                                   (aggregate.distinct ? " DISTINCT" : "") +
                                   (aggregate.argument ? "" : " *"));
            if (aggregate.argument) add(*aggregate.argument);
          }
      },
      pattern.node);
}

void Coverage::add(const Query& query) {
  count("form", kForms[query.form.index()]);
  if (!query.dataset.default_graphs.empty()) count("form", "FROM");
  if (!query.dataset.named_graphs.empty()) count("form", "FROM NAMED");
  add(query.pattern);
}

void Coverage::add(const Update& update) {
  for (const UpdateOperation& operation : update.operations) {
    count("update", kOperations[operation.node.index()]);
    if (const auto* modify = std::get_if<Modify>(&operation.node)) add(modify->pattern);
  }
}

void Coverage::add_plan(const std::string& plan) {
  std::istringstream lines(plan);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, detail;
    words >> name >> detail;
    count("operator", name == "HashJoin" ? name + " " + detail : name);
  }
}

std::string Coverage::to_string() const {
  std::ostringstream text;
  for (const auto& [name, times] : counts_) {
    text.width(10);
    text << times << " " << name << "\n";
  }
  return text.str();
}

std::vector<std::string> Coverage::missing() const {
  std::vector<std::string> names;
  const auto need = [&](const std::string& name) {
    for (const char* left_out : kLeftOut)
      if (name == left_out) return;
    if (!counts_.contains(name)) names.push_back(name);
  };
  for (const char* node : kNodes)
    need("node " + std::string(node));
  for (const char* path : kPaths)
    need("path " + std::string(path));
  for (const char* form : kForms)
    need("form " + std::string(form));
  for (const char* operation : kOperations)
    need("update " + std::string(operation));
  for (const char* name : kOperators)
    need("operator " + std::string(name));
  for (const char* aggregate : {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}) {
    need("aggregate " + std::string(aggregate));
    need("aggregate " + std::string(aggregate) + " DISTINCT");
  }
  need("aggregate COUNT *");
  need("aggregate COUNT DISTINCT *");
  need("function EXISTS");
  need("function NOT EXISTS");
  return names;
}

}  // namespace tripten::test
