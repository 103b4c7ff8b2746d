#include "shell/describe.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace tripten::shell {

namespace {

constexpr std::string_view kAnyGraph = "{{ {0} }} UNION {{ GRAPH ?graph {{ {0} }} }}";
constexpr std::size_t kMostThings = 100;

std::string in_any_graph(const std::string& triple) {
  return fmt::format(fmt::runtime(kAnyGraph), triple);
}

/// Whether SPARQL can name it: no byte that ends an IRIREF ([139]).
bool is_sayable(std::string_view iri) {
  return !iri.empty() && std::none_of(iri.begin(), iri.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 ||
           std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos;
  });
}

/// The IRI that the name is, by the prefixes or as it stands.
Term iri_named(const Snapshot& data, std::string_view name,
               const std::map<std::string, std::string>& prefixes) {
  if (name.starts_with('<') && name.ends_with('>') && name.size() > 2)
    return Term::iri(name.substr(1, name.size() - 2));
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos || name.find(' ') != std::string_view::npos) return {};
  if (name.substr(colon).starts_with("://") || name.starts_with("urn:")) return Term::iri(name);
  if (const auto own = prefixes.find(std::string(name.substr(0, colon))); own != prefixes.end())
    return Term::iri(own->second + std::string(name.substr(colon + 1)));
  try {
    // The known prefixes are the library's.
    const std::string text = fmt::format("SELECT ?x {{ VALUES ?x {{ {} }} }}", name);
    for (const Row& row : data.query(text))
      return row[std::size_t{0}];
  } catch (const Error&) {
    return {};  // no prefixed name: a label then
  }
  return {};
}

/// One direction: how often each predicate, then some values of each.
class Direction {
 public:
  Direction(const Term& thing, bool out, const Ask& ask)
      : iri_(thing.to_string()),
        out_(out),
        ask_(ask) {}

  void add_to(SolutionTable& table, std::size_t most) {
    constexpr std::size_t kMostPredicates = 200;
    const std::string counts = fmt::format(
        "SELECT ?p (COUNT(DISTINCT ?v) AS ?n) {{ {} }} GROUP BY ?p ORDER BY DESC(?n) ?p LIMIT {}",
        in_any_graph(triple("?p")), kMostPredicates);
    std::vector<std::pair<Term, Term>> predicates;
    for (const Row& row : ask_(counts))
      if (is_sayable(row[std::size_t{0}].value()))
        predicates.emplace_back(row[std::size_t{0}], row[std::size_t{1}]);
    for (const auto& [predicate, count] : predicates)
      add_values(table, predicate, count, most);
  }

 private:
  std::string triple(const std::string& predicate) const {
    return out_ ? iri_ + " " + predicate + " ?v" : "?v " + predicate + " " + iri_;
  }

  void add_values(SolutionTable& table, const Term& predicate, const Term& count,
                  std::size_t most) {
    std::size_t values = 0;
    for (const Row& row :
         ask_(fmt::format("SELECT DISTINCT ?v {{ {} }} LIMIT {}",
                          in_any_graph(triple(predicate.to_string())), most + 1))) {
      if (values++ == most) {
        table.rows[table.rows.size() - most][4] = count;
        return;
      }
      table.rows.push_back(
          {Term::literal(out_ ? "out" : "in"), predicate, row[std::size_t{0}], Term(), Term()});
    }
  }

  std::string iri_;
  bool out_;
  const Ask& ask_;
};

void add_labels(SolutionTable& table, std::size_t from, std::size_t to, const Ask& ask) {
  std::vector<Term> terms;
  for (const auto& row : table.rows)
    terms.push_back(row[from]);
  const std::vector<std::string> labels = labels_of(terms, ask, preferred_languages());
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (!labels[i].empty()) table.rows[i][to] = Term::literal(labels[i]);
}

}  // namespace

std::vector<Term> things_named(const Snapshot& data, std::string_view name,
                               const std::map<std::string, std::string>& prefixes) {
  while (name.starts_with(' '))
    name.remove_prefix(1);
  while (name.ends_with(' '))
    name.remove_suffix(1);
  if (const Term iri = iri_named(data, name, prefixes); iri.is_iri()) return {iri};
  if (name.size() > 2 && name.starts_with('"') && name.ends_with('"'))
    name = name.substr(1, name.size() - 2);
  std::vector<Term> things;
  const auto add = [&](const Found& found) {
    if (found.is_label && things.size() < kMostThings &&
        std::find(things.begin(), things.end(), found.subject) == things.end())
      things.push_back(found.subject);
  };
  for (const Found& found : data.named(name, {.most = kMostThings}).found)
    add(found);
  if (!things.empty()) return things;
  // Whole labels come first: those that differ in capitals alone.
  for (const Found& found : data.search(name, {.most = kMostThings}).found)
    if (found.literal.value().size() == name.size()) add(found);
  return things;
}

SolutionTable choices_of(const std::vector<Term>& things, const Ask& ask) {
  SolutionTable table{.variables = {"thing", "label", "class"}};
  for (const Term& thing : things) {
    table.rows.push_back({thing, Term(), Term()});
    if (!thing.is_iri() || !is_sayable(thing.value())) continue;
    for (const Row& row : ask(fmt::format("SELECT ?class {{ {} }} LIMIT 1",
                                          in_any_graph(thing.to_string() + " a ?class"))))
      table.rows.back()[2] = row[std::size_t{0}];
  }
  add_labels(table, 0, 1, ask);
  return table;
}

SolutionTable description_of(const Term& thing, const Ask& ask, std::size_t most) {
  SolutionTable table{.variables = {"direction", "predicate", "value", "label", "of all"}};
  if (!thing.is_iri() || !is_sayable(thing.value())) return table;
  Direction(thing, true, ask).add_to(table, most);
  Direction(thing, false, ask).add_to(table, most);
  add_labels(table, 2, 3, ask);
  return table;
}

}  // namespace tripten::shell
