#include "query/exec/explain.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_text.h"
#include "query/exec/describe.h"
#include "query/exec/measured.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

double milliseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  const double kilobytes = static_cast<double>(bytes) / 1e3;
  return kilobytes < 1000 ? fmt::format("{:.1f} kB", kilobytes)
                          : fmt::format("{:.1f} MB", kilobytes / 1e3);
}

std::string figures(const PlanLine& line) {
  std::string text;
  const auto separate = [&] {
    if (!text.empty()) text += "; ";
  };
  if (line.estimate >= 0) text = fmt::format("estimate {:.0f} rows", line.estimate);
  if (const double off = line.times_off(); off > kMostTimesOff)
    text += fmt::format(", off by {:.0f} times!", off);
  if (line.actual) {
    const OperatorCounters& counters = line.actual->counters;
    separate();
    text += fmt::format("{} rows in {:.2f} ms, own {:.2f} ms", line.actual->rows,
                        milliseconds(line.actual->time), milliseconds(counters.own_time));
    if (line.actual->runs > 1) text += fmt::format(", {} runs", line.actual->runs);
    if (counters.most_memory > 0)
      text += "; " + bytes_text(static_cast<std::uint64_t>(counters.most_memory));
    if (counters.blocks_read + counters.blocks_skipped > 0)
      text += fmt::format("; {} blocks", counters.blocks_read);
    if (counters.blocks_skipped > 0) text += fmt::format(", {} skipped", counters.blocks_skipped);
    if (counters.spilled_bytes > 0) text += "; " + bytes_text(counters.spilled_bytes) + " spilled";
  }
  return text.empty() ? text : "  (" + text + ")";
}

/// The members of an operator, up to its inputs.
void append_members(const PlanLine& line, std::string& out) {
  out += "\"operator\": ";
  append_json_string(line.operation.name, out);
  out += ", \"details\": ";
  append_json_string(line.operation.details, out);
  if (!line.left_out.empty()) {
    out += ", \"left_out\": [";
    for (std::size_t i = 0; i < line.left_out.size(); ++i) {
      if (i > 0) out += ", ";
      append_json_string(line.left_out[i].name, out);
    }
    out += "]";
  }
  if (line.estimate >= 0) out += fmt::format(", \"estimated_rows\": {:.0f}", line.estimate);
  if (line.actual) {
    const PlanLine::Actual& actual = *line.actual;
    out += fmt::format(
        ", \"rows\": {}, \"runs\": {}, \"ms\": {:.3f}, \"own_ms\": {:.3f}, \"memory_bytes\": {}, "
        "\"blocks_read\": {}, \"blocks_skipped\": {}, \"spilled_bytes\": {}",
        actual.rows, actual.runs, milliseconds(actual.time), milliseconds(actual.counters.own_time),
        actual.counters.most_memory, actual.counters.blocks_read, actual.counters.blocks_skipped,
        actual.counters.spilled_bytes);
    if (const double off = line.times_off(); off > kMostTimesOff)
      out += fmt::format(", \"estimate_off\": {:.0f}", off);
  }
}

}  // namespace

double PlanLine::times_off() const {
  if (!actual || estimate < 0 || actual->runs == 0) return 1;
  const bool has_all_parts = actual->runs >= parts;
  const double runs =
      static_cast<double>(actual->runs) / static_cast<double>(has_all_parts ? parts : 1);
  const double rows = std::max(1.0, static_cast<double>(actual->rows) / runs);
  const double expected = std::max(1.0, estimate);
  if (rows > expected) return rows / expected;
  return actual->is_complete && has_all_parts ? expected / rows : 1;
}

std::vector<PlanLine> plan_lines(const Operator& root) {
  struct Place {
    const Operator* node;
    std::size_t depth, parts;
  };
  std::vector<PlanLine> lines;
  std::vector<Place> waiting{{&root, 0, 1}};  // deep plans must not exhaust the stack
  while (!waiting.empty()) {
    auto [node, depth, parts] = waiting.back();
    waiting.pop_back();
    PlanLine line{
        .depth = depth, .operation = {}, .estimate = node->estimate, .actual = {}, .parts = parts};
    while (const auto* measure = dynamic_cast<const MeasuredOperator*>(node)) {
      if (measure->runs() > 0)
        line.actual = {measure->rows(), measure->runs(), measure->time(), measure->counters(),
                       measure->is_complete()};
      node = &measure->input();
    }
    if (node->estimate >= 0) line.estimate = node->estimate;
    line.operation = node->describe();
    line.left_out = node->left_out();
    lines.push_back(std::move(line));
    for (auto input = node->inputs().rbegin(); input != node->inputs().rend(); ++input)
      waiting.push_back({input->get(), depth + 1, node->parts_of(**input, parts)});
  }
  return lines;
}

std::string plan_text(const std::vector<PlanLine>& lines) {
  std::string text;
  for (const PlanLine& line : lines) {
    text += std::string(line.depth * 2, ' ') + line.operation.name;
    if (!line.operation.details.empty()) text += ' ' + line.operation.details;
    if (!line.left_out.empty()) text += ", without " + describe_variables(line.left_out);
    text += figures(line) + '\n';
  }
  return text;
}

std::string plan_json(const std::vector<PlanLine>& lines, const std::optional<RunFigures>& totals) {
  std::string out = "{";
  if (totals)
    out += fmt::format("\"peak_memory_bytes\": {}, \"spilled_bytes\": {}, ", totals->peak_memory,
                       totals->spilled_bytes);
  out += "\"plan\": ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += "{";
    append_members(lines[i], out);
    const std::size_t next = i + 1 < lines.size() ? lines[i + 1].depth : 0;
    if (next > lines[i].depth) {
      out += ", \"inputs\": [";
      continue;
    }
    out += "}";
    for (std::size_t depth = lines[i].depth; depth > next; --depth)
      out += "]}";
    if (i + 1 < lines.size()) out += ", ";
  }
  return out + "}\n";
}

std::string explain(const Operator& root) {
  return plan_text(plan_lines(root));
}

}  // namespace tripten
