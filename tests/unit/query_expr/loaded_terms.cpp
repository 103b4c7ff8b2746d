#include "unit/query_expr/loaded_terms.h"

#include <algorithm>
#include <string>

#include "rdf/term_codec.h"
#include "rdf/vocabulary.h"
#include "storage/generation_builder.h"
#include "storage/inline_term.h"

namespace tripten {

namespace {

Term xsd(const std::string& lexical, const std::string& type) {
  return Term::typed(lexical, std::string(kXsdNamespace) + type);
}

}  // namespace

std::vector<Term> different_terms() {
  std::vector<Term> terms{
      Term::iri("http://ex.org/a"), Term::iri("http://ex.org/b"), Term::iri("a"),
      Term::boolean(false),         Term::boolean(true),          Term::tagged("abc", "en"),
      Term::tagged("ab", "en"),     Term::tagged("ab", "de")};
  for (const char* text :
       {"", "a", "ab", "abc", "abd", "abé", "ac", "b", "\xF0\x9F\x98\x80", "0", "5"})
    terms.push_back(Term::literal(text));
  for (const char* text : {"-10", "-1", "0", "1", "4", "5", "6", "123456789012345678", "05", "+5"})
    terms.push_back(xsd(text, "integer"));
  for (const char* text : {"-1.5", "0.0", "4.99999999", "5.0", "5.00000001", "1234567890.12345678",
                           "5", "5.00", "0.000000001"})
    terms.push_back(xsd(text, "decimal"));
  for (const char* text : {"-INF", "-1.5E0", "-0.0E0", "0.0E0", "5.0E0", "5.5E0", "1.0E300", "INF",
                           "NaN", "5", "5.0", "5.25", "-3.0", "1e0"})
    terms.push_back(xsd(text, "double"));
  for (const char* text : {"5", "5.5", "NaN"})
    terms.push_back(xsd(text, "float"));
  for (const char* text :
       {"2019-12-31", "2020-01-01", "2020-01-02", "2020-01-01Z", "2020-01-01+14:00",
        "2019-12-31-14:00", "2020-01-02+02:00", "2020-13-01"})
    terms.push_back(xsd(text, "date"));
  for (const char* text :
       {"2020-01-01T00:00:00", "2020-01-01T00:00:00Z", "2020-01-01T02:00:00+02:00",
        "2019-12-31T23:59:59.999Z", "2020-01-01T00:00:00.001", "2020-01-01T12:00:00"})
    terms.push_back(xsd(text, "dateTime"));
  for (const char* text : {"2019", "2020", "2021", "2020Z", "2020-05:00"})
    terms.push_back(xsd(text, "gYear"));
  terms.push_back(xsd("P1D", "duration"));
  terms.push_back(xsd("12", "int"));
  terms.push_back(Term::typed("abc", "http://ex.org/type"));
  return terms;
}

LoadedTerms::LoadedTerms(const std::vector<Term>& terms) {
  std::vector<std::string> encoded;
  for (std::size_t i = 0; i < terms.size(); i += 2)
    if (!inline_id(view_of(terms[i]))) append_encoded(view_of(terms[i]), encoded.emplace_back());
  std::sort(encoded.begin(), encoded.end());
  encoded.erase(std::unique(encoded.begin(), encoded.end()), encoded.end());
  auto builder = store->build_generation();
  for (const std::string& one : encoded)
    builder->add_term(one);
  for (int order = 0; order < kQuadOrders; ++order)
    builder->add_quads(static_cast<QuadOrder>(order), [](std::vector<Quad>&) { return false; });
  builder->commit();
  builder.reset();  // the next writer waits for it
  const auto change = store->begin();
  for (std::size_t i = 0; i < terms.size(); ++i)
    if (i % 5 != 4) ids.push_back(change->intern(view_of(terms[i])));
  ids.push_back(change->fresh_blank());
  for (const TermId id : ids)
    change->insert({{ids[0], ids[0], id, kDefaultGraph}});
  change->commit();
  snapshot = store->snapshot();
}

}  // namespace tripten
