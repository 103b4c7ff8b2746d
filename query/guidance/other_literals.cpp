#include "query/guidance/other_literals.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "query/guidance/proposals.h"
#include "query/guidance/sparql_names.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

constexpr std::array<std::string_view, 10> kLikelyDatatypes{
    kXsdInteger,  kXsdGYear, kXsdDecimal, kXsdDouble, kXsdDate,
    kXsdDateTime, kXsdFloat, kXsdBoolean, kXsdAnyUri, "http://www.w3.org/2001/XMLSchema#int"};

class LiteralFinder {
 public:
  LiteralFinder(const StoreView& view, const Term& literal, std::optional<TermId> predicate)
      : view_(view),
        literal_(literal),
        predicate_(predicate) {}

  void try_term(Term term) {
    if (const auto id = view_.find(view_of(term))) add(*id, std::move(term));
  }
  /// Whatever else has the same lexical form.
  void try_dictionary(IdKind kind) {
    constexpr std::uint64_t kMost = 16;
    const std::string form = literal_.value() + '\0';
    for (const IdRange& range : view_.ids_with_prefix(kind, form).inside)
      for (std::uint64_t id = range.first.bits();
           id < std::min(range.end.bits(), range.first.bits() + kMost); ++id)
        add(TermId(id), view_.term(TermId(id)));
  }
  /// Objects of the predicate that differ in capitals alone, too.
  void try_objects(const Deadline& deadline) {
    constexpr std::size_t kMost = 50'000;
    QuadScan scan =
        view_.scan(QuadOrder::Posg, QuadPattern{{kUnbound, *predicate_, kUnbound, kUnbound}});
    ColumnRuns runs;
    for (std::size_t seen = 0; seen < kMost && !deadline.passed() && scan.next_runs(runs, 2, 512);
         seen += runs.runs)
      for (std::size_t i = 0; i < runs.runs; ++i) {
        const TermId id = runs.columns[1][i];
        if (id.is_iri() || id.is_blank()) continue;
        Term term = view_.term(id);
        if (term.value().size() == literal_.value().size() &&
            begins_like(term.value(), literal_.value()))
          add(id, std::move(term));
      }
  }

  std::vector<Term> found{};

 private:
  void add(TermId id, Term term) {
    const QuadPattern pattern{{kUnbound, predicate_.value_or(kUnbound), id, kUnbound}};
    if (term == literal_ || std::find(found.begin(), found.end(), term) != found.end()) return;
    if (view_.count(pattern) > 0) found.push_back(std::move(term));
  }

  const StoreView& view_;
  const Term& literal_;
  std::optional<TermId> predicate_;
};

}  // namespace

std::vector<Term> other_literals(const StoreView& view, const Term& literal,
                                 std::optional<TermId> predicate, const Deadline& deadline) {
  LiteralFinder finder(view, literal, predicate);
  finder.try_term(Term::literal(literal.value()));
  finder.try_term(Term::tagged(literal.value(), "en"));
  for (const std::string_view datatype : kLikelyDatatypes)
    finder.try_term(Term::typed(literal.value(), datatype));
  finder.try_dictionary(IdKind::Tagged);
  finder.try_dictionary(IdKind::Typed);
  if (predicate && finder.found.empty()) finder.try_objects(deadline);
  return std::move(finder.found);
}

bool is_number(const Term& literal) {
  constexpr std::array<std::string_view, 5> kNumbers{
      kXsdInteger, kXsdDecimal, kXsdDouble, kXsdFloat, "http://www.w3.org/2001/XMLSchema#int"};
  return literal.is_literal() &&
         std::find(kNumbers.begin(), kNumbers.end(), literal.datatype()) != kNumbers.end();
}

std::string kind_of_literal(const Term& literal) {
  if (!literal.language().empty()) return "a string with a language tag";
  if (is_number(literal)) return "a number";
  if (literal.datatype() == kXsdString) return "a plain string";
  return "a literal of " + SparqlNames::with_known({}).iri_text(literal.datatype());
}

}  // namespace tripten
