// Why no solution passes a FILTER.
#include <fmt/format.h>

#include "base/letter_case.h"
#include "query/algebra/print.h"
#include "query/algebra/scope.h"
#include "query/guidance/likely_causes.h"
#include "query/guidance/other_literals.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

const Variable* variable_in(const Expression& expression) {
  return std::get_if<Variable>(&expression.node);
}
const Term* term_in(const Expression& expression) {
  return std::get_if<Term>(&expression.node);
}

bool is_comparison(Function function) {
  return function >= Function::Equal && function <= Function::SameTerm;
}

/// What a value has to do with the constant that it is compared with; empty where both are of one
/// kind.
std::string mismatch(const CauseContext& context, const std::string& variable, const Term& value,
                     const Term& constant) {
  const std::string shown = context.names.text(value);
  if (value.is_iri() && constant.is_literal())
    return fmt::format("{} is an IRI, {} for example, and is compared with a text", variable,
                       shown);
  if (value.is_literal() && constant.is_iri())
    return fmt::format("{} is a literal, {} for example, and is compared with an IRI", variable,
                       shown);
  if (!value.is_literal() || !constant.is_literal()) return {};
  if (is_number(value) != is_number(constant))
    return fmt::format("{} is {}, {} for example, and is compared with {}, {}", variable,
                       kind_of_literal(value), shown, kind_of_literal(constant),
                       context.names.text(constant));
  if (!value.language().empty() && constant.language().empty() && constant.datatype() == kXsdString)
    return fmt::format("{0} has a language tag, {1} for example: compare STR({0})", variable,
                       shown);
  if (kind_of_literal(value) != kind_of_literal(constant))
    return fmt::format("{} is {}, {} for example, and is compared with {}", variable,
                       kind_of_literal(value), shown, kind_of_literal(constant));
  return {};
}

/// Comparisons of a variable with a constant, in whatever they are nested.
void add_mismatches(const CauseContext& context, const Expression& expression,
                    const GraphPattern& pattern, std::vector<std::string>& causes) {
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (!call) return;
  if (is_comparison(call->function) && call->arguments.size() == 2) {
    for (const std::size_t side : {0, 1}) {
      const Variable* variable = variable_in(call->arguments[side]);
      const Term* constant = term_in(call->arguments[1 - side]);
      if (!variable || !constant) continue;
      const Term value = context.probe.example(pattern, *variable);
      if (!value) continue;
      const std::string cause = mismatch(context, "?" + variable->name, value, *constant);
      if (!cause.empty()) causes.push_back(cause);
    }
  }
  for (const Expression& argument : call->arguments)
    add_mismatches(context, argument, pattern, causes);
}

Expression call(Function function, std::vector<Expression> arguments) {
  return {FunctionCall{.function = function, .arguments = std::move(arguments)}};
}

bool takes_texts(Function function) {
  return (function >= Function::StrLen && function <= Function::Regex) ||
         function == Function::Replace;
}

/// A text function of what is no text: an error, which no FILTER passes (SPARQL 1.1 §17.4.3).
void add_no_texts(const CauseContext& context, const Expression& expression,
                  const GraphPattern& pattern, std::vector<std::string>& causes) {
  const auto* function = std::get_if<FunctionCall>(&expression.node);
  if (!function) return;
  for (const Expression& argument : function->arguments) {
    add_no_texts(context, argument, pattern, causes);
    const Variable* variable = variable_in(argument);
    if (!variable || !takes_texts(function->function)) continue;
    const Term value = context.probe.example(pattern, *variable);
    const bool is_text =
        value.is_literal() && (value.datatype() == kXsdString || !value.language().empty());
    if (!value || is_text || value.is_blank()) continue;
    causes.push_back(fmt::format("{} takes texts, and ?{} is {}, {} for example: write STR(?{})",
                                 name_of(function->function), variable->name,
                                 value.is_iri() ? "an IRI" : kind_of_literal(value),
                                 context.names.text(value), variable->name));
  }
}

/// The filter with capitals made alike, where it compares or searches a constant text.
std::optional<Expression> ignoring_case(const Expression& filter) {
  const auto* function = std::get_if<FunctionCall>(&filter.node);
  if (!function || function->arguments.size() != 2) return std::nullopt;
  const Term* text = term_in(function->arguments[1]);
  if (!text || !text->is_literal() || text->datatype() != kXsdString) return std::nullopt;
  const Expression& searched = function->arguments[0];
  switch (function->function) {
    case Function::Regex:
      return call(Function::Regex, {searched, {*text}, {Term::literal("i")}});
    case Function::Equal:
    case Function::Contains:
    case Function::StrStarts:
    case Function::StrEnds: {
      const std::string lower = to_ascii_lower(text->value());
      return call(function->function, {call(Function::LCase, {searched}), {Term::literal(lower)}});
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

std::vector<std::string> causes_of(const CauseContext& context, const Expression& filter,
                                   const GraphPattern& pattern) {
  constexpr std::size_t kMostExamples = 3;
  std::vector<std::string> causes;
  const std::set<Variable> bound = visible_variables(pattern);
  const std::set<Variable> used = variables_of(filter);
  for (const Variable& variable : used)
    if (!bound.contains(variable) && !std::holds_alternative<Exists>(filter.node))
      causes.push_back(fmt::format("nothing in the group binds ?{}", variable.name));
  if (causes.empty()) add_mismatches(context, filter, pattern, causes);
  if (causes.empty()) add_no_texts(context, filter, pattern, causes);
  if (!causes.empty()) return causes;
  const std::optional<Expression> any_case = ignoring_case(filter);
  if (any_case && context.probe.has({Filter{*any_case, pattern}}).value_or(false))
    return {fmt::format("capitals differ: {} has solutions",
                        shortened(to_string(*any_case), context.names))};
  std::string examples;
  std::size_t shown = 0;
  for (const Variable& variable : used) {
    if (shown == kMostExamples) break;
    const Term value = context.probe.example(pattern, variable);
    if (!value) continue;
    examples += fmt::format("{}?{} is {}", shown++ == 0 ? ": " : ", ", variable.name,
                            context.names.text(value));
  }
  return {"no solution passes it" + (examples.empty() ? examples : examples + " for example")};
}

}  // namespace tripten
