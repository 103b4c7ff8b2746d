#include "differential/random_query.h"

#include "differential/random_pattern.h"

namespace tripten::test {

namespace {

const std::string kPrologue =
    "PREFIX : <http://ex.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n";

class RandomUpdate {
 public:
  explicit RandomUpdate(Choices& choices) : choices_(choices), pattern_(choices) {}

  std::string operation() {
    ++number_;
    switch (choices_.below(9)) {
      case 0:
        return "INSERT DATA { " + quads({}, true) + "}";
      case 1:
        return "DELETE DATA { " + quads({}, false) + "}";
      case 2:
        return "DELETE WHERE { " + where_quads() + "}";
      case 3:
        return management();
      default:
        return modify();
    }
  }

 private:
  /// Triples of a template, some of them in GRAPH. Without variables: data.
  std::string quads(const Names& visible, bool blanks) {
    std::string text;
    for (int count = 1 + choices_.below(3); count > 0; --count) {
      const bool in_graph = choices_.chance(35);
      std::string name = pattern_.graph_name();
      if (!visible.empty() && choices_.chance(30))
        name = choices_.one_of(std::vector<std::string>(visible.begin(), visible.end()));
      const std::string triple =
          pattern_.template_triple(visible, blanks ? "_:t" + std::to_string(number_) : "");
      text += in_graph ? "GRAPH " + name + " { " + triple + "} " : triple;
    }
    return text;
  }

  std::string where_quads() {
    std::string text = pattern_.plain_triples();
    if (choices_.chance(40)) {
      const std::string name = choices_.chance(50) ? pattern_.variable() : pattern_.graph_name();
      text += "GRAPH " + name + " { " + pattern_.plain_triples() + "} ";
    }
    return text;
  }

  std::string modify() {
    std::string text;
    const bool with = choices_.chance(25);
    if (with) text += "WITH " + pattern_.graph_name() + " ";
    const std::string usings = choices_.chance(30) ? pattern_.dataset_clause("USING") : "";
    const PatternText where = pattern_.group(choices_.below(3));
    const int which = choices_.below(3);
    if (which != 0) text += "DELETE { " + quads(where.visible, false) + "} ";
    if (which != 1) text += "INSERT { " + quads(where.visible, true) + "} ";
    return text + usings + "WHERE " + where.text;
  }

  std::string management() {
    const std::string silent = choices_.chance(50) ? "SILENT " : "";
    const auto graph = [&] {
      return choices_.chance(30) ? std::string("DEFAULT") : "GRAPH " + pattern_.graph_name();
    };
    switch (choices_.below(6)) {
      case 0:
      case 1: {
        const std::string kind = choices_.one_of({"CLEAR ", "DROP "});
        return kind + silent + (choices_.chance(25) ? choices_.one_of({"NAMED", "ALL"}) : graph());
      }
      case 2:
        return "CREATE " + silent + "GRAPH " + pattern_.graph_name();
      default: {
        const std::string kind = choices_.one_of({"ADD ", "MOVE ", "COPY "});
        const std::string from = graph();
        return kind + silent + from + " TO " + graph();
      }
    }
  }

  Choices& choices_;
  RandomPattern pattern_;
  int number_ = 0;  // of the operation: no two of them may share a label
};

}  // namespace

std::string random_query(Choices& choices) {
  RandomPattern pattern(choices);
  const int kind = choices.below(10);
  const std::string from = pattern.dataset_clause("FROM");
  const int depth = choices.below(4);
  if (kind < 7) return kPrologue + pattern.select(depth, from).text;
  const PatternText where = pattern.group(depth);
  if (kind == 7) return kPrologue + "ASK " + from + where.text;
  if (kind == 8) {
    std::string text = kPrologue + "CONSTRUCT { ";
    for (int count = choices.chance(90) ? 1 + choices.below(3) : 0; count > 0; --count)
      text += pattern.template_triple(where.visible, "_:t");
    return text + "} " + from + "WHERE " + where.text;
  }
  return kPrologue + "CONSTRUCT " + from + "WHERE { " + pattern.plain_triples() + "}";
}

std::string random_update(Choices& choices) {
  RandomUpdate update(choices);
  std::string text = kPrologue;
  for (int count = 1 + choices.below(3); count > 0; --count)
    text += update.operation() + (count > 1 ? " ;\n" : "");
  return text;
}

}  // namespace tripten::test
