// completion_bench: how long a proposal takes, a line of JSON for each figure.
//
//   completion_bench DB     a database of bench/storage's graph, opened anew for each text
//
// Each text is completed twice with one snapshot: the first completion of a process finds the
// statistics of the data and every block cold (but for the page cache of the system), the second
// one warm. The first proposal must be the expected one. Then why_empty() and search().
#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "bench/measurement.h"

namespace tripten {
namespace {

struct Typed {
  std::string_view what, text, first;
};

constexpr std::string_view kDeclarations =
    "PREFIX kg: <https://kg.example.org/vocab#> PREFIX dct: <http://purl.org/dc/terms/> "
    "PREFIX gene: <https://identifiers.org/ncbigene:> SELECT * { ";

constexpr std::array kTyped{
    Typed{"keyword", "?f ?p ?o . FIL", "FILTER"},
    Typed{"predicate, nothing known of the subject", "?f ", "kg:hasGene"},
    Typed{"class behind a", "?f a kg:Fi", "kg:Figure"},
    Typed{"predicates of a class", "?f a kg:Figure ; ", "kg:hasGene"},
    Typed{"predicates beside others", "?f dct:title ?t ; ", "kg:hasGene"},
    Typed{"predicates of what a predicate leads to", "?f kg:hasGene ?g . ?g ", "kg:associatedWith"},
    Typed{"commonest values", "?f kg:hasGene ", "gene:207"},
    Typed{"value by label", "?f kg:hasGene PTE", "gene:5728"},
    Typed{"value by label, in a string", "?f kg:hasGene \"PTE", "gene:5728"},
    Typed{"name under a prefix", "?f kg:hasGene gene:572", "gene:5728"},
    Typed{"year", "?f kg:year 202", "2024"}};

constexpr std::array kEmpty{
    Typed{"unknown predicate", "?f kg:hasGenes ?g }",
          "no quad has the predicate kg:hasGenes (did you mean kg:hasGene?)"},
    Typed{"string for a number", "?f a kg:Figure ; kg:year \"2020\" ; kg:hasGene ?g }",
          "the data has 2020, a number, not \"2020\", a plain string"},
    Typed{"swapped subject and object", "gene:5728 kg:hasGene ?f . ?f a kg:Figure }",
          "subject and object may be swapped: the data has ?f kg:hasGene gene:5728"},
    Typed{"no solutions together", "?f kg:hasGene ?g ; dct:title ?t . ?g a kg:Disease }",
          "?g a kg:Disease has solutions by itself, but none of them goes with the rest"}};

void require_text(std::string_view what, std::string_view found, std::string_view expected) {
  if (found == expected) return;
  fmt::print(stderr, "{}: found {}, expected {}\n", what, found, expected);
  std::exit(1);
}

void measure_completion(const char* directory, const Typed& typed) {
  const Database database(directory, {.read_only = true});
  const Snapshot data = database.snapshot();
  const std::string text = fmt::format("{}{}", kDeclarations, typed.text);
  for (const std::string_view state : {"first", "again"}) {
    const Stopwatch watch;
    const Completion completion = data.complete(text, text.size());
    report(fmt::format("complete: {}, {}", typed.what, state), watch.milliseconds(), "ms");
    // What is cold may end by the time before the best value is known.
    if (state == "again" || completion.complete)
      require_text(typed.what, completion.proposals.empty() ? "" : completion.proposals[0].text,
                   typed.first);
  }
}

void run(const char* directory) {
  for (const Typed& typed : kTyped)
    measure_completion(directory, typed);
  const Database database(directory, {.read_only = true});
  const Snapshot data = database.snapshot();
  for (const Typed& typed : kEmpty) {
    const Stopwatch watch;
    const EmptyAnswer why = data.why_empty(fmt::format("{}{}", kDeclarations, typed.text));
    report(fmt::format("why empty: {}", typed.what), watch.milliseconds(), "ms");
    require_text(typed.what, why.causes.empty() ? "" : why.causes[0], typed.first);
  }
  for (const std::string_view words : {"PTEN", "kinase", "no such words"}) {
    const Stopwatch watch;
    data.search(words);
    report(fmt::format("search: {}", words), watch.milliseconds(), "ms");
  }
}

}  // namespace
}  // namespace tripten

int main(int count, char** words) {
  if (count != 2) {
    std::fputs("usage: completion_bench DB\n", stderr);
    return 2;
  }
  tripten::run(words[1]);
}
