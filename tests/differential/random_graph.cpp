#include "differential/random_graph.h"

#include <map>

namespace tripten::test {

namespace {

const std::string kExample = "http://ex.org/";
const std::string kXsd = "http://www.w3.org/2001/XMLSchema#";

struct Literal {
  const char* lexical;
  const char* type;  // behind xsd:, or @ and a language, or the IRI of another datatype
};

/// The common ones stand twice.
const std::vector<Literal>& literals() {
  static const std::vector<Literal> all{
      {"1", "integer"},
      {"2", "integer"},
      {"a", "string"},
      {"1", "integer"},
      {"01", "integer"},
      {"1.0", "decimal"},
      {"1.0E0", "double"},
      {"1e0", "double"},
      {"1", "string"},
      {"true", "boolean"},
      {"1", "boolean"},
      {"false", "boolean"},
      {"a", "@en"},
      {"b", "@de"},
      {"", "string"},
      {"b", "string"},
      {"1.5", "decimal"},
      {"2.50", "decimal"},
      {"-3", "integer"},
      {"0", "integer"},
      {"1", "int"},
      {"1", "float"},
      {"abc", "integer"},
      {"x", "http://ex.org/type"},
      {"NaN", "double"},
      {"-0.5E0", "double"},
      {"ab", "@en"},
      {"2020-01-01", "date"},
      {"2020-01-01Z", "date"},
      {"2020-01-01T00:00:00", "dateTime"},
      {"2020-01-02T00:00:00Z", "dateTime"},
      {"2020-01-01T00:00:00Z", "dateTime"},
  };
  return all;
}

Term term_of(const Literal& literal) {
  const std::string type = literal.type;
  if (type[0] == '@') return Term::tagged(literal.lexical, type.substr(1));
  return Term::typed(literal.lexical, type.starts_with("http") ? type : kXsd + type);
}

Term iri(const std::string& name) {
  return Term::iri(kExample + name);
}

Term node(Choices& choices) {
  const int number = choices.below(6);
  if (number >= 4) return Term::blank(number == 4 ? "x" : "y");
  return iri(std::string(1, static_cast<char>('a' + number)));
}

}  // namespace

naive::TermQuads random_quads(Choices& choices) {
  naive::TermQuads quads;
  const int count = choices.chance(80) ? 20 + choices.below(21) : 5 + choices.below(16);
  const int graphs = choices.chance(90) ? 1 + choices.below(3) : 0;
  for (int i = 0; i < count; ++i) {
    const Term subject = node(choices);
    const Term predicate = iri(choices.one_of({"p", "q", "r", "p", "q"}));
    const Term object = choices.chance(30) ? term_of(choices.one_of(literals())) : node(choices);
    Term graph;
    if (graphs > 0 && choices.chance(38))
      graph = iri(std::string(1, static_cast<char>('g' + choices.below(graphs))));
    quads.insert({subject, predicate, object, graph});
  }
  return quads;
}

std::string random_literal(Choices& choices) {
  const Literal& literal = choices.one_of(literals());
  const std::string type = literal.type;
  const std::string quoted = '"' + std::string(literal.lexical) + '"';
  if (type == "integer" && literal.lexical[0] != 'a' && choices.chance(70)) return literal.lexical;
  if (type == "decimal" && choices.chance(50)) return literal.lexical;
  if (type == "string" && choices.chance(90)) return quoted;
  if (type[0] == '@') return quoted + type;
  if (type.starts_with("http")) return quoted + "^^:type";
  return quoted + "^^xsd:" + type;
}

Term random_term(Choices& choices) {
  if (choices.chance(30)) return term_of(choices.one_of(literals()));
  return iri(choices.one_of({"a", "b", "c", "g"}));
}

std::string to_trig(const naive::TermQuads& quads) {
  std::map<Term, std::string> graphs;
  for (const naive::TermQuad& quad : quads)
    graphs[quad[3]] +=
        "  " + quad[0].to_string() + " " + quad[1].to_string() + " " + quad[2].to_string() + " .\n";
  std::string text;
  for (const auto& [graph, triples] : graphs)
    text += (graph ? graph.to_string() + " " : "") + "{\n" + triples + "}\n";
  return text;
}

}  // namespace tripten::test
