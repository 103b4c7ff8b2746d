#include "query/guidance/complete.h"

#include <algorithm>
#include <array>
#include <set>

#include "query/guidance/common_values.h"
#include "query/guidance/deadline.h"
#include "query/guidance/proposals.h"
#include "query/guidance/sampled_subjects.h"
#include "query/guidance/sparql_names.h"
#include "query/guidance/terms_by_prefix.h"
#include "query/guidance/typed_word.h"
#include "query/parse/cursor_state.h"
#include "rdf/known_prefixes.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

SparqlNames names_for(const CursorState& state, const CompletionOptions& options) {
  Prefixes prefixes = state.prefixes;
  prefixes.insert(options.prefixes.begin(), options.prefixes.end());
  return options.strict ? SparqlNames(std::move(prefixes))
                        : SparqlNames::with_known(std::move(prefixes));
}

/// One completion under way.
class Completer {
 public:
  Completer(const StoreView& view, const DataSummary& summary, const CursorState& state,
            const CompletionOptions& options, Completion& out)
      : view_(view),
        summary_(summary),
        state_(state),
        options_(options),
        names_(names_for(state, options)),
        word_(state.word, names_),
        deadline_(options.time),
        proposals_(out, options.most) {}

  void propose();

 private:
  using Uses = std::vector<PredicateUse>;

  void add_keywords();
  void add_variables();
  void add_prefixes();
  void add_declarations();
  void add_datatypes();
  void add_graphs();
  void add_predicates();
  void add_all_predicates();
  bool add_uses(const PredicateUses& uses);
  std::optional<PredicateUses> uses_of_subject_at_cursor();
  std::optional<PredicateUses> uses_of_variable();
  void add_classes();
  void add_objects(const std::string& predicate);
  std::string predicate_of_compared() const;
  void add_common_values(const CountedName& predicate);
  void add_entities(const CountedName* predicate);
  void add_strings(const CountedName* predicate);

  std::optional<TermId> id_of(const std::string& text) const;
  std::string label(TermId id) const;
  bool is_value_of(const CountedName* predicate, TermId value, std::uint64_t& count) const;
  void add_name(const CountedName& name, std::uint64_t count, bool estimated, ProposalKind kind);

  const StoreView& view_;
  const DataSummary& summary_;
  const CursorState& state_;
  const CompletionOptions& options_;
  const SparqlNames names_;
  const TypedWord word_;
  const Deadline deadline_;
  Proposals proposals_;
};

std::optional<TermId> Completer::id_of(const std::string& text) const {
  const std::optional<Term> term = names_.term(text);
  return term ? view_.find(view_of(*term)) : std::nullopt;
}

std::string Completer::label(TermId id) const {
  return deadline_.passed() ? std::string() : label_of(view_, summary_, id);
}

void Completer::add_name(const CountedName& name, std::uint64_t count, bool estimated,
                         ProposalKind kind) {
  const bool is_a =
      kind == ProposalKind::Predicate && name.iri == kRdfType && begins_like("a", word_.text());
  proposals_.add({.text = is_a ? "a" : word_.written(name.iri),
                  .label = is_a ? "rdf:type" : label(name.id),
                  .count = count,
                  .estimated = estimated,
                  .kind = kind});
}

// ---- from the grammar and the text ----

void Completer::add_keywords() {
  for (const ExpectedKeyword& keyword : state_.keywords)
    if (begins_like(keyword.text, word_.text()))
      proposals_.add(
          {.text = keyword.text + (keyword.is_function ? "(" : ""),
           .kind = keyword.is_function ? ProposalKind::Function : ProposalKind::Keyword});
}

void Completer::add_variables() {
  if (!state_.variable) return;
  for (const std::string& variable : state_.variables)
    if (begins_like(variable, word_.text()) && variable != word_.text() &&
        variable != state_.subject)
      proposals_.add({.text = variable, .kind = ProposalKind::Variable});
}

/// Prefixes that the data has IRIs for.
void Completer::add_prefixes() {
  if (!state_.name || word_.iri_begin() || state_.in_string) return;
  for (const auto& [prefix, iri] : names_.prefixes()) {
    if (!begins_like(prefix + ":", word_.text())) continue;
    if (deadline_.passed()) return proposals_.cut_short();
    const auto begins = [&](const CountedName& name) { return name.iri.starts_with(iri); };
    bool is_used = std::any_of(summary_.predicates.begin(), summary_.predicates.end(), begins) ||
                   std::any_of(summary_.classes.begin(), summary_.classes.end(), begins);
    const Deadline soon(std::chrono::milliseconds(1));
    terms_with_prefix(view_, summary_, IdKind::Iri, iri, soon, [&](TermId) {
      is_used = true;
      return false;
    });
    if (is_used) proposals_.add({.text = prefix + ":", .label = iri, .kind = ProposalKind::Prefix});
  }
}

/// `schema: <http://schema.org/>` behind PREFIX, and the IRI alone behind a prefix.
void Completer::add_declarations() {
  const auto add = [&](std::string text) {
    if (begins_like(text, word_.text()))
      proposals_.add({.text = std::move(text), .kind = ProposalKind::Prefix});
  };
  const bool is_name = state_.place == CursorPlace::PrefixName;
  const SparqlNames known = SparqlNames::with_known(options_.prefixes);
  for (const auto& [prefix, iri] : known.prefixes())
    if (is_name || prefix + ":" == state_.declared)
      add((is_name ? prefix + ": " : "") + "<" + iri + ">");
  if (is_name) return;
  std::set<std::string> seen;
  for (const auto* names : {&summary_.predicates, &summary_.classes})
    for (const CountedName& name : *names)
      if (const std::string iri(namespace_of(name.iri)); !iri.empty() && seen.insert(iri).second)
        add("<" + iri + ">");
}

void Completer::add_datatypes() {
  constexpr std::array<std::string_view, 9> kDatatypes{kXsdInteger,  kXsdDecimal, kXsdDouble,
                                                       kXsdString,   kXsdBoolean, kXsdDate,
                                                       kXsdDateTime, kXsdGYear,   kXsdFloat};
  for (const std::string_view iri : kDatatypes)
    if (word_.fits_iri(iri) == Fit::Begins)
      proposals_.add({.text = word_.written(iri), .kind = ProposalKind::Entity});
}

// ---- from the data ----

void Completer::add_graphs() {
  for (const TermId graph : view_.graphs()) {
    if (deadline_.passed()) return proposals_.cut_short();
    const Term term = view_.term(graph);
    if (!term.is_iri() || !word_.fits_iri(term.value())) continue;
    proposals_.add({.text = word_.written(term.value()),
                    .label = label(graph),
                    .count = view_.count(QuadPattern{{kUnbound, kUnbound, kUnbound, graph}}),
                    .kind = ProposalKind::Graph});
  }
}

void Completer::add_all_predicates() {
  for (const Fit fit : {Fit::Begins, Fit::Contains})
    for (const CountedName& predicate : summary_.predicates)
      if (word_.fits_iri(predicate.iri) == fit)
        add_name(predicate, predicate.count, false, ProposalKind::Predicate);
}

/// False where none of them fits what is typed.
bool Completer::add_uses(const PredicateUses& uses) {
  bool any = false;
  for (const Fit fit : {Fit::Begins, Fit::Contains})
    for (const PredicateUse& use : uses.uses) {
      const CountedName name{.id = use.predicate, .iri = view_.term(use.predicate).value()};
      const bool is_a = name.iri == kRdfType && word_.text() == "a";
      if (word_.fits_iri(name.iri) != fit && !(is_a && fit == Fit::Begins)) continue;
      add_name(name, use.quads, uses.estimated, ProposalKind::Predicate);
      any = true;
    }
  return any;
}

/// By the subject's class, by what it is an object of, or by the predicates that it has already.
std::optional<PredicateUses> Completer::uses_of_variable() {
  std::vector<TermId> others;
  std::optional<SubjectRange> instances, objects;
  for (const OutlinedTriple& triple : state_.triples) {
    if (triple.subject != state_.subject && triple.object != state_.subject) continue;
    const std::optional<TermId> predicate = id_of(triple.predicate);
    if (!predicate) continue;
    if (triple.object == state_.subject) {
      const CountedName* known = summary_.predicate(view_.term(*predicate).value());
      if (known && !objects)
        objects = {.pattern = {{kUnbound, *predicate, kUnbound, kUnbound}},
                   .column = 1,
                   .subjects = known->objects};
    } else if (predicate == summary_.type) {
      const std::optional<TermId> type = id_of(triple.object);
      if (!type) continue;
      const QuadPattern pattern{{kUnbound, *predicate, *type, kUnbound}};
      if (const std::uint64_t count = view_.count(pattern); count > 0)
        instances = {.pattern = pattern, .column = 2, .subjects = count};
    } else {
      others.push_back(*predicate);
    }
  }
  if (instances) return uses_of_subjects(view_, *instances, deadline_);
  if (!others.empty())
    if (std::optional<PredicateUses> uses = uses_beside(view_, others)) return uses;
  if (objects) return uses_of_subjects(view_, *objects, deadline_);
  return std::nullopt;
}

std::optional<PredicateUses> Completer::uses_of_subject_at_cursor() {
  const std::string& subject = state_.subject;
  if (subject.empty()) return std::nullopt;
  if (subject[0] == '?' || subject[0] == '$' || subject[0] == '[') return uses_of_variable();
  const std::optional<TermId> id = id_of(subject);
  return id ? std::optional(uses_of_subject(view_, *id)) : std::nullopt;
}

void Completer::add_predicates() {
  const std::optional<PredicateUses> uses = uses_of_subject_at_cursor();
  if (!uses || uses->uses.empty() || !add_uses(*uses)) add_all_predicates();
}

void Completer::add_classes() {
  for (const Fit fit : {Fit::Begins, Fit::Contains})
    for (const CountedName& name : summary_.classes)
      if (word_.fits_iri(name.iri) == fit) add_name(name, name.count, false, ProposalKind::Class);
}

bool Completer::is_value_of(const CountedName* predicate, TermId value,
                            std::uint64_t& count) const {
  count = 0;
  if (predicate) count = view_.count(QuadPattern{{kUnbound, predicate->id, value, kUnbound}});
  return !predicate || count > 0;
}

/// The commonest values, those that begin with what is typed where something is.
void Completer::add_common_values(const CountedName& predicate) {
  constexpr std::size_t kMostValues = 50;
  constexpr std::size_t kLongestValue = 200;
  for (const ValueCount& value : common_values(view_, predicate, kMostValues, deadline_)) {
    const Term term = view_.term(value.value);
    if (term.is_blank() || term.value().size() > kLongestValue) continue;
    const std::string name = label(value.value);
    const bool fits = term.is_iri() ? word_.fits_iri(term.value()) || word_.fits_text(name)
                                    : begins_like(names_.text(term), word_.text());
    if (!fits) continue;
    proposals_.add({.text = term.is_iri() ? word_.written(term.value()) : names_.text(term),
                    .label = name,
                    .count = value.quads,
                    .kind = term.is_iri() ? ProposalKind::Entity : ProposalKind::Literal});
  }
  if (deadline_.passed()) proposals_.cut_short();
}

/// IRIs by what they begin with, or by their labels; objects of the predicate where there is one.
void Completer::add_entities(const CountedName* predicate) {
  std::uint64_t count = 0;
  const auto add = [&](TermId id, std::string name) {
    if (!id.is_iri() || !is_value_of(predicate, id, count)) return !proposals_.full();
    proposals_.add({.text = word_.written(view_.term(id).value()),
                    .label = std::move(name),
                    .count = count,
                    .kind = ProposalKind::Entity});
    return !proposals_.full();
  };
  bool all = true;
  if (word_.iri_begin() && !word_.iri_begin()->empty()) {
    all = terms_with_prefix(view_, summary_, IdKind::Iri, *word_.iri_begin(), deadline_,
                            [&](TermId id) { return add(id, label(id)); });
  }
  // One letter begins too many labels.
  if (word_.text().size() < 2) return;
  for (const std::string& beginning : word_.label_beginnings())
    all = labelled_with_prefix(
              view_, summary_, beginning, deadline_,
              [&](TermId id, TermId name) { return add(id, view_.term(name).value()); }) &&
          all;
  if (!all) proposals_.cut_short();
}

/// Literals that begin with what is typed behind a quote.
void Completer::add_strings(const CountedName* predicate) {
  constexpr std::size_t kLongestValue = 200;
  const std::string typed = state_.word.substr(1);
  if (typed.empty()) return;
  for (const IdKind kind : {IdKind::String, IdKind::Tagged}) {
    const bool all = terms_with_prefix(view_, summary_, kind, typed, deadline_, [&](TermId id) {
      std::uint64_t count = 0;
      const Term term = view_.term(id);
      if (term.value().size() <= kLongestValue && is_value_of(predicate, id, count))
        proposals_.add({.text = names_.text(term), .count = count, .kind = ProposalKind::Literal});
      return !proposals_.full();
    });
    if (!all) proposals_.cut_short();
  }
}

/// Of the triple that the compared variable is the object of.
std::string Completer::predicate_of_compared() const {
  for (const OutlinedTriple& triple : state_.triples)
    if (!state_.compared.empty() && triple.object == state_.compared) return triple.predicate;
  return {};
}

void Completer::add_objects(const std::string& predicate_text) {
  const std::optional<TermId> id = id_of(predicate_text);
  if (id && id == summary_.type) return add_classes();
  const CountedName* predicate = id ? summary_.predicate(view_.term(*id).value()) : nullptr;
  if (state_.in_string) {
    // Where values are things, what is typed is the label of one.
    add_strings(predicate);
    add_entities(predicate);
    return;
  }
  // What labels and names begin with is found at once; the commonest values need more reading.
  if (word_.is_plain() || word_.iri_begin()) add_entities(predicate);
  if (predicate) add_common_values(*predicate);
}

void Completer::propose() {
  switch (state_.place) {
    case CursorPlace::PrefixName:
    case CursorPlace::Namespace:
      return add_declarations();
    case CursorPlace::NewVariable:
      return;
    case CursorPlace::Datatype:
      return add_datatypes();
    case CursorPlace::GraphName:
      add_graphs();
      add_variables();
      return add_keywords();
    case CursorPlace::Predicate:
      add_predicates();
      break;
    case CursorPlace::Object:
      add_objects(state_.predicate);
      break;
    case CursorPlace::Resource:
      if (const std::string predicate = predicate_of_compared(); !predicate.empty())
        return add_objects(predicate);
      break;
    case CursorPlace::Expression:
      if (const std::string predicate = predicate_of_compared(); !predicate.empty()) {
        add_objects(predicate);
        if (state_.in_string) return;
        break;
      }
      if (state_.in_string && state_.literal) return add_strings(nullptr);
      break;
    default:
      break;
  }
  if (state_.in_string && state_.place != CursorPlace::Object) {
    if (state_.name) add_entities(nullptr);
    return;
  }
  const bool from_data = !proposals_.empty();
  add_variables();
  // Where the data knows what comes next and nothing is typed, the rest of the grammar is noise.
  if (word_.empty() && from_data) return;
  add_keywords();
  add_prefixes();
  const bool takes_any = state_.place == CursorPlace::Subject ||
                         state_.place == CursorPlace::Resource ||
                         state_.place == CursorPlace::Expression;
  if (takes_any && state_.name && !word_.empty()) add_entities(nullptr);
}

}  // namespace

Completion complete(const StoreView& view, const DataSummary& summary, std::string_view text,
                    std::size_t cursor, const CompletionOptions& options) {
  const CursorState state = cursor_state(text, cursor);
  Completion completion{.from = state.from, .length = state.word.size()};
  if (state.in_comment) return completion;
  Completer(view, summary, state, options, completion).propose();
  // A sign that is the only way on: `{` behind WHERE.
  if (completion.proposals.empty() && state.word.empty() && state.signs.size() == 1)
    completion.proposals.push_back({.text = state.signs[0], .kind = ProposalKind::Keyword});
  return completion;
}

}  // namespace tripten
