// What tests of expressions need: a view that holds a few terms and no quads, and short names for
// expressions and their values.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "query/expr/evaluator.h"
#include "rdf/term_codec.h"
#include "rdf/vocabulary.h"
#include "storage/characteristic_sets.h"
#include "storage/inline_term.h"

namespace tripten {

/// A dictionary without quads.
class DictionaryView : public StoreView {
 public:
  QuadScan scan(QuadOrder, const QuadPattern&) const override {
    throw Error(ErrorCode::Internal, "a dictionary view has no quads");
  }
  std::uint64_t count(const QuadPattern&) const override { return 0; }
  bool contains(const Quad&) const override { return false; }
  std::vector<TermId> graphs() const override { return {}; }
  std::vector<PredicateCounts> predicates() const override { return {}; }
  const CharacteristicSets& characteristic_sets() const override { return sets_; }

  std::optional<TermId> find(const TermView& term) const override {
    ++finds;
    if (term.kind == TermKind::Blank)
      return term.value == "b7" ? std::optional(TermId(IdKind::Blank, 7)) : std::nullopt;
    std::string bytes;
    append_encoded(term, bytes);
    const auto it = ids_.find(bytes);
    return it == ids_.end() ? std::nullopt : std::optional(it->second);
  }
  void append_encoded_term(TermId id, std::string& out) const override {
    ++lookups;
    out += terms_.at(id.payload());
  }

  /// Puts a term into the dictionary.
  TermId add(const Term& term) {
    std::string bytes;
    append_encoded(view_of(term), bytes);
    const TermId id(static_cast<IdKind>(bytes[0]), terms_.size());
    terms_.push_back(bytes);
    ids_.emplace(bytes, id);
    return id;
  }

  mutable int finds = 0, lookups = 0;

 private:
  std::vector<std::string> terms_{};
  std::map<std::string, TermId> ids_{};
  CharacteristicSets sets_{};
};

inline Expression var(const std::string& name) {
  return {Variable{name}};
}
inline Expression text(std::string_view lexical) {
  return {Term::literal(lexical)};
}
inline Expression tagged(std::string_view lexical, std::string_view language) {
  return {Term::tagged(lexical, language)};
}
inline Expression typed(std::string_view lexical, std::string_view datatype) {
  return {Term::typed(lexical, datatype)};
}
inline Expression integer(std::int64_t value) {
  return {Term::integer(value)};
}
inline Expression iri(std::string_view value) {
  return {Term::iri(value)};
}
inline Expression boolean(bool value) {
  return {Term::boolean(value)};
}
template <typename... Arguments>
Expression call(Function function, Arguments... arguments) {
  return {FunctionCall{function, std::vector<Expression>{arguments...}}};
}
inline Expression cast_to(std::string_view datatype, const Expression& argument) {
  return {FunctionCall{Function::Cast, {argument}, std::string(datatype)}};
}
/// An expression that always is an error.
inline Expression error() {
  return var("unbound");
}

/// Runs expressions over rows.
struct ExpressionFixture {
  DictionaryView view{};
  MemoryBudget budget{};
  Interrupt interrupt{};
  QueryTerms terms{view, budget};
  QueryContext context{.view = view, .terms = terms, .interrupt = interrupt, .budget = budget};
  Schema schema{};
  Batch batch{.columns = {}, .rows = 1};

  /// A column of the batch; all columns have the same length.
  void bind(const std::string& variable, const std::vector<Term>& values) {
    schema.add(Variable{variable});
    Column column;
    for (const Term& value : values)
      column.push_back(terms.intern(view_of(value)));
    batch.columns.push_back(column);
    batch.rows = values.size();
  }

  Column ids(const Expression& expression) {
    Evaluator evaluator(expression, schema, {});
    Column out;
    evaluator.evaluate(batch, context, out);
    return out;
  }
  std::vector<Truth> truths(const Expression& expression) {
    Evaluator evaluator(expression, schema, {});
    std::vector<Truth> out;
    evaluator.test(batch, context, out);
    return out;
  }
  /// The value in the first row as N-Triples writes it; "error" where it is one.
  std::string value(const Expression& expression) { return text_of(ids(expression)[0]); }
  Truth truth(const Expression& expression) { return truths(expression)[0]; }
  std::string text_of(TermId id) const { return id ? short_form(terms.term(id)) : "error"; }

  /// With xsd: for its namespace.
  static std::string short_form(const Term& term) {
    std::string out = term.to_string();
    const std::string prefix = "^^<" + std::string(kXsdNamespace);
    if (const std::size_t at = out.find(prefix); at != std::string::npos)
      out = out.substr(0, at) +
            "^^xsd:" + out.substr(at + prefix.size(), out.size() - at - prefix.size() - 1);
    return out;
  }
};

}  // namespace tripten
