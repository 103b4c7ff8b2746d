#include "differential/random_pattern.h"

#include <algorithm>
#include <utility>

#include "differential/random_graph.h"

namespace tripten::test {

namespace {

constexpr int kVariables = 6;

}  // namespace

std::string RandomPattern::variable() {
  return "?v" + std::to_string(choices_.below(kVariables));
}

std::string RandomPattern::iri() {
  if (choices_.chance(6)) return choices_.one_of({":nowhere", ":g"});
  return choices_.one_of({":a", ":b", ":c", ":d"});
}

std::string RandomPattern::graph_name() {
  return choices_.one_of({":g", ":g", ":h", ":g", ":i", ":h", ":g", ":nowhere"});
}

std::string RandomPattern::predicate() {
  return choices_.one_of({":p", ":q", ":p", ":r", ":q"});
}

std::string RandomPattern::term() {
  return choices_.chance(35) ? random_literal(choices_) : iri();
}

std::string RandomPattern::fresh_name(const Names& taken) {
  const int first = choices_.below(2 * kVariables);  // half of them stand nowhere else
  for (int number = first;; ++number) {
    const std::string name = "?v" + std::to_string(number);
    if (!taken.contains(name)) return name;
  }
}

void RandomPattern::triples(PatternText& group) {
  const std::string blank = "_:n" + std::to_string(blank_++);
  const auto named = [&] {
    const std::string name = variable();
    group.visible.insert(name);
    return name;
  };
  const auto node = [&](bool or_literal) {
    if (choices_.chance(8)) return blank;
    if (!choices_.chance(13)) return named();
    return or_literal ? term() : iri();
  };
  const int count = 1 + choices_.below(choices_.chance(25) ? 4 : 2);
  for (int i = 0; i < count; ++i) {
    group.text += node(choices_.chance(1)) + " ";
    if (choices_.chance(12)) {
      const std::string name = choices_.chance(30) ? variable() : "?p";
      group.visible.insert(name);
      group.text += name;
    } else {
      group.text += predicate();
    }
    group.text += " " + node(true);
    if (choices_.chance(8)) group.text += " , " + node(true);
    if (choices_.chance(8)) group.text += " ; " + predicate() + " " + node(true);
    group.text += " . ";
  }
}

std::string RandomPattern::plain_triples() {
  std::string text;
  for (int count = 1 + choices_.below(3); count > 0; --count) {
    text += choices_.chance(20) ? iri() : variable();
    text += " " + (choices_.chance(15) ? variable() : predicate()) + " ";
    text += (choices_.chance(25) ? term() : variable()) + " . ";
  }
  return text;
}

std::string RandomPattern::negated_set() {
  const auto member = [&] { return (choices_.chance(35) ? "^" : "") + predicate(); };
  if (choices_.chance(50)) return "!" + member();
  std::string text = "!(" + member();
  while (choices_.chance(40))
    text += "|" + member();
  return text + ")";
}

std::string RandomPattern::property_path(int depth) {
  if (depth <= 0) return choices_.chance(10) ? negated_set() : predicate();
  switch (choices_.below(9)) {
    case 0:
      return predicate();
    case 1:
      return "^(" + property_path(depth - 1) + ")";
    case 2:
      return "(" + property_path(depth - 1) + "/" + property_path(depth - 1) + ")";
    case 3:
      return "(" + property_path(depth - 1) + "|" + property_path(depth - 1) + ")";
    case 4:
    case 5:
      return "(" + property_path(depth - 1) + ")*";
    case 6:
      return "(" + property_path(depth - 1) + ")+";
    case 7:
      return "(" + property_path(depth - 1) + ")?";
    default:
      return negated_set();
  }
}

void RandomPattern::path(PatternText& group) {
  const auto end = [&] {
    const std::string text = choices_.chance(15) ? term() : variable();
    if (text[0] == '?') group.visible.insert(text);
    return text;
  };
  const std::string from = end();
  const std::string path = property_path(1 + choices_.below(3));
  group.text += from + " " + path + " " + end() + " . ";
}

void RandomPattern::graph(PatternText& group, int depth) {
  std::string name = graph_name();
  if (choices_.chance(55)) {
    name = choices_.chance(30) ? variable() : "?g";
    group.visible.insert(name);
  }
  const PatternText inner = this->group(depth - 1);
  group.visible.insert(inner.visible.begin(), inner.visible.end());
  group.text += "GRAPH " + name + " " + inner.text + " ";
}

void RandomPattern::bind(PatternText& group, int depth) {
  const std::string name = fresh_name(group.visible);
  group.text += "BIND(" + expression(std::min(depth, 2)) + " AS " + name + ") ";
  group.visible.insert(name);
}

PatternText RandomPattern::values() {
  PatternText text;
  std::vector<std::string> names{variable()};
  if (choices_.chance(40)) names.push_back(fresh_name({names[0]}));
  const bool short_form = names.size() == 1 && choices_.chance(60);
  text.text = short_form ? names[0] + " {" : "(";
  if (!short_form) {
    for (const std::string& name : names)
      text.text += " " + name;
    text.text += " ) {";
  }
  for (int rows = choices_.below(4); rows > 0; --rows) {
    text.text += short_form ? "" : " (";
    for (std::size_t i = 0; i < names.size(); ++i)
      text.text += " " + (choices_.chance(20) ? std::string("UNDEF") : term());
    text.text += short_form ? "" : " )";
  }
  text.text += " } ";
  text.visible.insert(names.begin(), names.end());
  return text;
}

void RandomPattern::sub_select(PatternText& group, int depth) {
  const PatternText inner = select(depth - 1, "");
  group.text += "{ " + inner.text + "} ";
  group.visible.insert(inner.visible.begin(), inner.visible.end());
}

void RandomPattern::element(PatternText& group, int depth) {
  const auto inner = [&](bool is_visible) {
    const PatternText made = this->group(depth - 1);
    if (is_visible) group.visible.insert(made.visible.begin(), made.visible.end());
    return made.text + " ";
  };
  int kind = choices_.below(depth > 0 ? 25 : 4);
  // A filter or BIND before anything is bound has little to speak of.
  const bool looks_back = (kind >= 4 && kind <= 7) || kind == 14 || kind == 15 || kind == 18;
  if (looks_back && preferred_.empty() && !choices_.chance(20)) kind = 0;
  if (kind < 3) return triples(group);
  if (kind == 3 || kind == 24) return path(group);
  switch (kind) {
    case 4:
    case 5:
      group.text += "FILTER (" + truth(2) + ") ";
      return;
    case 6:
      // A filter that mostly lets something through.
      group.text += "FILTER (" + variable() + " != " + operand() + " || " + truth(2) + ") ";
      return;
    case 7:
      group.text += "FILTER " + exists(depth) + " ";
      return;
    case 8:
    case 9:
    case 10:
    case 11:
      group.text += "OPTIONAL ";
      group.text += inner(true);
      return;
    case 12:
    case 13: {
      const std::string first = inner(true);
      group.text += first + "UNION " + inner(true);
      return;
    }
    case 14:
    case 15:
      group.text += "MINUS " + inner(false);
      return;
    case 16:
    case 17:
      return graph(group, depth);
    case 18:
    case 19:
      return bind(group, depth);
    case 20: {
      const PatternText rows = values();
      group.text += "VALUES " + rows.text;
      group.visible.insert(rows.visible.begin(), rows.visible.end());
      return;
    }
    case 21:
    case 22:
      return sub_select(group, depth);
    default: {
      // What LATERAL assigns must be new to the group: it is left to assign nothing.
      const std::string made = inner(true);
      const bool assigns =
          made.find(" AS ") != std::string::npos || made.find("VALUES") != std::string::npos;
      if (!assigns && choices_.chance(50)) group.text += "LATERAL ";
      group.text += made;
    }
  }
}

PatternText RandomPattern::group(int depth) {
  // Aggregates and keys of an outer GROUP BY mean nothing inside.
  const Names operands = std::exchange(operands_, {});
  PatternText group{"{ "};
  const int elements = choices_.chance(3) ? 0 : 1 + choices_.below(3);
  const Names preferred = preferred_;
  for (int i = 0; i < elements; ++i) {
    element(group, depth);
    preferred_.insert(group.visible.begin(), group.visible.end());
  }
  group.text += "}";
  preferred_ = preferred;
  operands_ = operands;
  return group;
}

std::string RandomPattern::dataset_clause(const std::string& keyword) {
  std::string text;
  if (!choices_.chance(8)) return text;
  do {
    text += keyword + (choices_.chance(50) ? " NAMED " : " ") + graph_name() + " ";
  } while (choices_.chance(55));
  return text;
}

std::string RandomPattern::template_triple(const Names& visible, const std::string& blank) {
  const std::vector<std::string> names(visible.begin(), visible.end());
  const auto node = [&](bool or_literal) -> std::string {
    if (!blank.empty() && choices_.chance(15)) return blank + choices_.one_of({"x", "y"});
    if (!names.empty() && !choices_.chance(25)) return choices_.one_of(names);
    return or_literal ? term() : iri();
  };
  const std::string subject = node(false);
  const bool varies = !names.empty() && choices_.chance(15);
  const std::string middle = varies ? choices_.one_of(names) : predicate();
  return subject + " " + middle + " " + node(true) + " . ";
}

}  // namespace tripten::test
