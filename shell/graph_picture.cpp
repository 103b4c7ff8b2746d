#include "shell/graph_picture.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "shell/programs.h"
#include "shell/quantities.h"

namespace tripten::shell {

namespace {

constexpr std::size_t kMostNodes = 400, kMostEdges = 2000;
constexpr std::size_t kMostCharacters = 40;  // of one line in a node
constexpr std::size_t kMostClassesCounted = 100, kMostClassesAsked = 10'000;
constexpr std::size_t kMostValues = 4;  // literals in a node
constexpr std::chrono::milliseconds kDrawingTime{60'000};
constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kLabel = "http://www.w3.org/2000/01/rdf-schema#label";

/// Light fills that stay apart for most colour-blind readers, after the palette of M. Okabe and K.
/// Ito, "Color Universal Design" (2008).
constexpr std::array<std::string_view, 7> kFills{"#9fd3f5", "#f9d99a", "#9adbc5", "#f4b393",
                                                 "#e3c0d8", "#f7f2a3", "#a9c3e6"};
constexpr std::string_view kOtherFill = "#e6e6e6";

struct Node {
  Term term;
  std::string label{};
  std::vector<std::string> classes{};  // IRIs
  std::vector<std::string> values{};   // `name: text`
};

struct Edge {
  std::size_t from, to;
  std::string name;
};

/// Inside the quotes of DOT: backslashes begin escapes there, and & entities of HTML.
std::string dot_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out.append(1, '\\').append(1, c);
    else if (c == '&')
      out += "&amp;";
    else if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + '"';
}

/// At most kMostCharacters of valid UTF-8.
std::string shortened(const std::string& text) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++characters > kMostCharacters)
      return text.substr(0, i) + "…";
  return text;
}

class Picture {
 public:
  explicit Picture(std::map<std::string, std::string> prefixes) : prefixes_(std::move(prefixes)) {}

  void add_graph(const SolutionTable& triples) {
    for (const auto& row : triples.rows)
      add_triple(row.at(0), row.at(1), row.at(2));
  }

  /// The first column of nodes points at the others, by their variables' names.
  void add_solutions(const SolutionTable& table) {
    const std::vector<std::size_t> columns = node_columns(table);
    if (columns.size() < 2)
      throw Error(ErrorCode::Invalid,
                  "the last answer has no two columns of IRIs to draw lines between; a picture "
                  "shows a graph: ask with CONSTRUCT or DESCRIBE");
    for (const auto& row : table.rows)
      for (std::size_t i = 1; i < columns.size(); ++i)
        if (row[columns[0]] && row[columns[i]])
          add_edge(row[columns[0]], row[columns[i]], table.variables[columns[i]]);
  }

  /// Asks for what the graph does not say itself.
  void complete(const Ask& ask) {
    std::vector<Term> unnamed, unclassed;
    for (const Node& node : nodes_) {
      if (node.label.empty()) unnamed.push_back(node.term);
      if (node.classes.empty()) unclassed.push_back(node.term);
    }
    const std::vector<std::string> labels = labels_of(unnamed, ask, preferred_languages());
    for (std::size_t i = 0; i < unnamed.size(); ++i)
      nodes_[numbers_.at(unnamed[i].to_string())].label = labels[i];
    const std::string iris = iris_for_values(unclassed, 0, unclassed.size());
    if (iris.empty()) return;
    Result result = ask(fmt::format(
        "SELECT DISTINCT ?node ?class {{ VALUES ?node {{ {}}} ?node <{}> ?class }} LIMIT {}", iris,
        kType, kMostClassesAsked));
    for (const Row& row : result)
      if (row[1].is_iri())
        nodes_[numbers_.at(row[std::size_t{0}].to_string())].classes.push_back(row[1].value());
    choose_classes(ask);
  }

  std::string as_dot() {
    choose_fills();
    std::string out =
        "digraph answer {\n"
        "  graph [rankdir=LR, fontname=\"Helvetica,Arial,sans-serif\", nodesep=0.25]\n"
        "  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica,Arial,sans-serif\", "
        "fontsize=11, color=\"#666666\", margin=\"0.12,0.06\"]\n"
        "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, color=\"#888888\", "
        "fontcolor=\"#444444\"]\n";
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      append_node(i, out);
    for (const Edge& edge : edges_)
      out += fmt::format("  n{} -> n{} [label={}]\n", edge.from, edge.to, dot_string(edge.name));
    append_legend(out);
    return out + "}\n";
  }

 private:
  static std::vector<std::size_t> node_columns(const SolutionTable& table) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < table.variables.size(); ++i) {
      const bool has_nodes = std::any_of(table.rows.begin(), table.rows.end(),
                                         [&](const auto& row) { return bool(row[i]); });
      const bool only_nodes = std::none_of(table.rows.begin(), table.rows.end(),
                                           [&](const auto& row) { return row[i].is_literal(); });
      if (has_nodes && only_nodes) columns.push_back(i);
    }
    return columns;
  }

  /// Of several classes the one with the fewest instances in the data says most.
  void choose_classes(const Ask& ask) {
    std::map<std::string, double> instances;
    for (const Node& node : nodes_)
      if (node.classes.size() > 1)
        for (const std::string& iri : node.classes)
          instances[iri] = 0;
    if (instances.size() > kMostClassesCounted) return;
    for (auto& [iri, count] : instances) {
      const std::string name = iris_for_values({Term::iri(iri)}, 0, 1);
      if (name.empty()) continue;
      Result result = ask(fmt::format("SELECT (COUNT(*) AS ?n) {{ ?s <{}> {} }}", kType, name));
      for (const Row& row : result)
        count = std::strtod(row[std::size_t{0}].value().c_str(), nullptr);
    }
    for (Node& node : nodes_) {
      std::sort(node.classes.begin(), node.classes.end());
      const auto fewest = std::min_element(
          node.classes.begin(), node.classes.end(),
          [&](const auto& a, const auto& b) { return instances[a] < instances[b]; });
      if (fewest != node.classes.end()) node.classes = {*fewest};
    }
  }

  void add_triple(const Term& subject, const Term& predicate, const Term& object) {
    if (predicate.value() == kType && object.is_iri()) {
      nodes_[node(subject)].classes.push_back(object.value());
    } else if (predicate.value() == kLabel && object.is_literal()) {
      nodes_[node(subject)].label = object.value();
    } else if (object.is_literal()) {
      nodes_[node(subject)].values.push_back(
          shortened(name_of(predicate) + ": " + short_text(object, prefixes_)));
    } else {
      add_edge(subject, object, name_of(predicate));
    }
  }

  void add_edge(const Term& from, const Term& to, const std::string& name) {
    const Edge edge{node(from), node(to), name};
    if (!seen_.emplace(fmt::format("{} {} {}", edge.from, edge.to, name), true).second) return;
    edges_.push_back(edge);
    if (edges_.size() > kMostEdges)
      throw Error(
          ErrorCode::Invalid,
          fmt::format("the last answer has more than {} lines to draw, too many to be seen; "
                      "ask for less with LIMIT",
                      with_separators(kMostEdges)));
  }

  std::size_t node(const Term& term) {
    const auto [it, is_new] = numbers_.try_emplace(term.to_string(), nodes_.size());
    if (!is_new) return it->second;
    nodes_.push_back({.term = term});
    if (nodes_.size() > kMostNodes)
      throw Error(
          ErrorCode::Invalid,
          fmt::format("the last answer has more than {} nodes, too many to be seen; ask for "
                      "less with LIMIT",
                      kMostNodes));
    return it->second;
  }

  std::string name_of(const Term& term) const { return short_text(term, prefixes_); }

  /// The commonest classes get colours of their own. A node of several classes has that of the one
  /// that comes first by name.
  void choose_fills() {
    std::map<std::string, std::size_t> counts;
    for (Node& node : nodes_) {
      std::sort(node.classes.begin(), node.classes.end());
      if (!node.classes.empty()) ++counts[node.classes[0]];
    }
    std::vector<std::pair<std::string, std::size_t>> ordered(counts.begin(), counts.end());
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    for (std::size_t i = 0; i < std::min(ordered.size(), kFills.size()); ++i)
      legend_.emplace_back(ordered[i].first, kFills[i]);
    has_others_ = !legend_.empty() && (ordered.size() > kFills.size() ||
                                       std::any_of(nodes_.begin(), nodes_.end(), [](const Node& n) {
                                         return n.classes.empty();
                                       }));
  }

  std::string_view fill_of(const Node& node) const {
    if (!node.classes.empty())
      for (const auto& [iri, fill] : legend_)
        if (iri == node.classes[0]) return fill;
    return kOtherFill;
  }

  void append_node(std::size_t number, std::string& out) const {
    const Node& node = nodes_[number];
    const std::string name = shortened(name_of(node.term));
    std::string text = name;
    // A label comes from data: short_text() makes it harmless.
    if (!node.label.empty()) text = shortened(name_of(Term::literal(node.label))) + '\n' + name;
    for (std::size_t i = 0; i < std::min(node.values.size(), kMostValues); ++i)
      text += '\n' + node.values[i];
    if (node.values.size() > kMostValues) text += "\n…";
    out += fmt::format("  n{} [label={}, fillcolor=\"{}\", tooltip={}", number, dot_string(text),
                       fill_of(node), dot_string(name_of(node.term)));
    const std::string& iri = node.term.value();
    if (node.term.is_iri() && (iri.starts_with("http://") || iri.starts_with("https://")))
      out += fmt::format(", URL={}, target=\"_blank\"", dot_string(iri));
    out += "]\n";
  }

  void append_legend(std::string& out) const {
    if (legend_.empty()) return;
    out += "  subgraph cluster_classes {\n    label=\"classes\"; fontsize=10; color=\"#cccccc\"\n";
    std::size_t number = 0;
    const auto append = [&](std::string_view name, std::string_view fill) {
      out += fmt::format("    c{} [label={}, fillcolor=\"{}\", fontsize=9, margin=\"0.06,0.03\"]\n",
                         number++, dot_string(name), fill);
    };
    for (const auto& [iri, fill] : legend_)
      append(shortened(name_of(Term::iri(iri))), fill);
    if (has_others_) append("other", kOtherFill);
    out += "  }\n";
  }

  std::map<std::string, std::string> prefixes_;
  std::vector<Node> nodes_{};
  std::vector<Edge> edges_{};
  std::unordered_map<std::string, std::size_t> numbers_{};          // of nodes, by to_string()
  std::unordered_map<std::string, bool> seen_{};                    // edges
  std::vector<std::pair<std::string, std::string_view>> legend_{};  // class, fill
  bool has_others_ = false;
};

}  // namespace

std::string picture_of(const KeptAnswer& answer, const std::map<std::string, std::string>& prefixes,
                       const Ask& ask) {
  std::map<std::string, std::string> all = answer.prefixes;
  all.insert(prefixes.begin(), prefixes.end());
  Picture picture(std::move(all));
  if (answer.is_graph)
    picture.add_graph(answer.table);
  else
    picture.add_solutions(answer.table);
  if (ask) picture.complete(ask);
  return picture.as_dot();
}

std::string drawn_as_svg(const std::string& dot, const std::stop_token& stop) {
  if (find_program("dot").empty())
    throw Error(ErrorCode::NotFound,
                "Graphviz is not installed: there is no program dot in PATH (.dot FILE writes the "
                "graph for it)");
  return run_program({"dot", "-Tsvg"}, dot, kDrawingTime, stop);
}

}  // namespace tripten::shell
