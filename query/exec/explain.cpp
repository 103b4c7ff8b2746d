// explain: a plan as text, one operator a line.
#include <string>

#include <fmt/format.h>

#include "query/exec/measured.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

std::string figures(const Operator& node, const MeasuredOperator* measure) {
  std::string text;
  const double estimate = node.estimate >= 0 || !measure ? node.estimate : measure->estimate;
  if (estimate >= 0) text = fmt::format("estimate {:.0f} rows", estimate);
  if (measure && measure->runs() > 0) {
    if (!text.empty()) text += "; ";
    text += fmt::format("{} rows in {:.2f} ms", measure->rows(),
                        static_cast<double>(measure->time().count()) / 1e6);
    if (measure->runs() > 1) text += fmt::format(", {} runs", measure->runs());
  }
  return text.empty() ? text : "  (" + text + ")";
}

}  // namespace

std::string explain(const Operator& root) {
  struct Line {
    const Operator* node;
    std::size_t depth;
  };
  std::string text;
  std::vector<Line> waiting{{&root, 0}};  // deep plans must not exhaust the stack
  while (!waiting.empty()) {
    auto [node, depth] = waiting.back();
    waiting.pop_back();
    const auto* measure = dynamic_cast<const MeasuredOperator*>(node);
    if (measure) node = &measure->input();
    const OperatorDescription description = node->describe();
    text += std::string(depth * 2, ' ') + description.name;
    if (!description.details.empty()) text += ' ' + description.details;
    text += figures(*node, measure) + '\n';
    for (auto input = node->inputs().rbegin(); input != node->inputs().rend(); ++input)
      waiting.push_back({input->get(), depth + 1});
  }
  return text;
}

}  // namespace tripten
