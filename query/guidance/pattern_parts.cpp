#include "query/guidance/pattern_parts.h"

#include "query/algebra/overloaded.h"
#include "query/algebra/print.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

class PartFinder {
 public:
  explicit PartFinder(const SparqlNames& names) : names_(names) {}

  void visit(const GraphPattern& pattern) {
    std::visit(
        Overloaded{
            [&](const Bgp& bgp) {
              for (const TriplePattern& triple : bgp.patterns)
                add({.pattern = {Bgp{{triple}}}, .triple = triple, .text = text_of(triple)});
            },
            [&](const Path& path) {
              add({.pattern = pattern,
                   .text = to_string(path.subject) + " " + to_string(path.path) + " " +
                           to_string(path.object)});
            },
            [&](const Join& join) {
              visit(*join.left);
              visit(*join.right);
            },
            [&](const LeftJoin& join) { visit(*join.left); },
            [&](const Minus& minus) {
              visit(*minus.left);
              found.conditions.push_back({.text = "MINUS { ... }"});
            },
            [&](const Filter& filter) {
              visit(*filter.pattern);
              found.conditions.push_back(
                  {.filter = filter.condition,
                   .text = shortened("FILTER(" + to_string(filter.condition) + ")", names_)});
            },
            [&](const Extend& extend) { visit(*extend.pattern); },
            [&](const Lateral& lateral) { visit(*lateral.left); },
            [&](const Graph& graph) {
              const std::optional<PatternTerm> outer = graph_;
              graph_ = graph.name;
              visit(*graph.pattern);
              graph_ = outer;
            },
            [&](const Service& service) {
              found.services.push_back(shortened(to_string(service.name), names_));
            },
            [&](const Union&) { add_whole(pattern, "{ ... } UNION { ... }"); },
            [&](const Values& values) { add_whole(pattern, text_of(values)); },
            [&](const auto&) { add_whole(pattern, "{ SELECT ... }"); }},
        pattern.node);
  }

  PatternParts found{};

 private:
  void add(PatternPart part) {
    part.text = shortened(part.text, names_);
    if (graph_) {
      part.graph = graph_;
      part.pattern = {Graph{*graph_, std::move(part.pattern)}};
      part.text = "GRAPH " + shortened(to_string(*graph_), names_) + " { " + part.text + " }";
    }
    found.parts.push_back(std::move(part));
  }
  void add_whole(const GraphPattern& pattern, std::string text) {
    add({.pattern = pattern, .text = std::move(text)});
  }

  static std::string text_of(const TriplePattern& triple) {
    const auto* predicate = std::get_if<Term>(&triple.predicate);
    const bool is_type = predicate && predicate->value() == kRdfType;
    return is_type ? to_string(triple.subject) + " a " + to_string(triple.object)
                   : to_string(triple);
  }

  static std::string text_of(const Values& values) {
    constexpr std::size_t kMostRows = 3;
    std::string text = "VALUES (";
    for (const Variable& variable : values.variables)
      text += (text.ends_with('(') ? "?" : " ?") + variable.name;
    text += ") {";
    for (std::size_t i = 0; i < values.rows.size() && i < kMostRows; ++i) {
      text += " (";
      for (const Term& term : values.rows[i])
        text += (text.ends_with('(') ? "" : " ") + (term ? term.to_string() : "UNDEF");
      text += ")";
    }
    return text + (values.rows.size() > kMostRows ? " ... }" : " }");
  }

  const SparqlNames& names_;
  std::optional<PatternTerm> graph_{};
};

/// Numbers conditions as PartFinder meets them: those inside before those around.
GraphPattern keep_conditions(const GraphPattern& pattern, std::size_t& next,
                             const std::function<bool(std::size_t)>& keep) {
  const auto inner = [&](const Box<GraphPattern>& below) {
    return keep_conditions(*below, next, keep);
  };
  return std::visit(
      Overloaded{
          [&](const Join& join) -> GraphPattern {
            GraphPattern left = inner(join.left), right = inner(join.right);
            return {Join{std::move(left), std::move(right)}};
          },
          [&](const LeftJoin& join) -> GraphPattern {
            return {LeftJoin{inner(join.left), join.right, join.condition}};
          },
          [&](const Minus& minus) -> GraphPattern {
            GraphPattern left = inner(minus.left);
            return keep(next++) ? GraphPattern{Minus{std::move(left), minus.right}} : left;
          },
          [&](const Filter& filter) -> GraphPattern {
            GraphPattern below = inner(filter.pattern);
            return keep(next++) ? GraphPattern{Filter{filter.condition, std::move(below)}} : below;
          },
          [&](const Extend& extend) -> GraphPattern {
            return {Extend{inner(extend.pattern), extend.variable, extend.expression}};
          },
          [&](const Lateral& lateral) -> GraphPattern {
            return {Lateral{inner(lateral.left), lateral.right}};
          },
          [&](const Graph& graph) -> GraphPattern {
            return {Graph{graph.name, inner(graph.pattern)}};
          },
          [&](const Service&) -> GraphPattern { return {Bgp{}}; },
          [&](const auto&) -> GraphPattern { return pattern; }},
      pattern.node);
}

}  // namespace

PatternParts parts_of(const GraphPattern& pattern, const SparqlNames& names) {
  PartFinder finder(names);
  finder.visit(pattern);
  return std::move(finder.found);
}

GraphPattern with_conditions(const GraphPattern& pattern,
                             const std::function<bool(std::size_t)>& keep) {
  std::size_t next = 0;
  return keep_conditions(pattern, next, keep);
}

GraphPattern joined(const std::vector<const PatternPart*>& parts) {
  GraphPattern all{Bgp{}};
  for (const PatternPart* part : parts)
    all = part == parts.front() ? part->pattern : GraphPattern{Join{std::move(all), part->pattern}};
  return all;
}

const GraphPattern& without_modifiers(const GraphPattern& pattern, Modifiers& modifiers) {
  const GraphPattern* at = &pattern;
  std::vector<const GraphPattern*> passed;
  bool grouped = false, having = false;
  const GraphPattern* below_project = nullptr;
  while (true) {
    const GraphPattern* below = nullptr;
    if (const auto* slice = std::get_if<Slice>(&at->node)) {
      modifiers.limits = modifiers.limits || slice->offset > 0 || slice->limit == 0;
      below = &*slice->pattern;
    } else if (const auto* distinct = std::get_if<Distinct>(&at->node)) {
      below = &*distinct->pattern;
    } else if (const auto* reduced = std::get_if<Reduced>(&at->node)) {
      below = &*reduced->pattern;
    } else if (const auto* order = std::get_if<OrderBy>(&at->node)) {
      below = &*order->pattern;
    } else if (const auto* project = std::get_if<Project>(&at->node)) {
      if (below_project) break;
      below = below_project = &*project->pattern;
    } else if (const auto* group = std::get_if<Group>(&at->node)) {
      grouped = true;
      modifiers.having = modifiers.having || having;
      at = &*group->pattern;
      below_project = at;
      continue;
    } else if (const auto* extend = std::get_if<Extend>(&at->node)) {
      below = &*extend->pattern;
    } else if (const auto* filter = std::get_if<Filter>(&at->node); filter && !grouped) {
      having = true;  // where a Group is below
      below = &*filter->pattern;
    } else {
      break;
    }
    passed.push_back(at);
    at = below;
  }
  if (grouped || !having) return *at;
  // No Group came: the filters and what they stand on are of WHERE itself.
  for (const GraphPattern* node : passed)
    if (std::holds_alternative<Filter>(node->node)) return *node;
  return *at;
}

std::string shortened(std::string_view text, const SparqlNames& names) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, text.size());
      const std::string_view quoted = text.substr(i, end - i);
      i = end;
      // Numbers are written bare.
      const std::string_view type = "^^<http://www.w3.org/2001/XMLSchema#integer>";
      const bool is_integer = text.substr(i).starts_with(type);
      if (is_integer) i += type.size();
      out += is_integer ? quoted.substr(1, quoted.size() - 2) : quoted;
      continue;
    }
    const std::size_t end = text[i] == '<' ? text.find_first_of("> \"", i) : text.npos;
    if (end != text.npos && text[end] == '>' && end > i + 1) {
      out += names.iri_text(text.substr(i + 1, end - i - 1));
      i = end + 1;
    } else if (text.substr(i, 2) == "?.") {
      out += "_:";
      i += 2;
    } else {
      out += text[i++];
    }
  }
  return out;
}

}  // namespace tripten
