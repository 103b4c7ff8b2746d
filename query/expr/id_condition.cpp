#include "query/expr/id_condition.h"

#include "rdf/vocabulary.h"

namespace tripten {
namespace {

const Variable* as_variable(const Expression& expression) {
  return std::get_if<Variable>(&expression.node);
}

/// The text of a constant simple literal.
std::optional<std::string_view> as_text(const Expression& expression) {
  const auto* const term = std::get_if<Term>(&expression.node);
  if (!term || !term->is_literal() || term->datatype() != kXsdString) return std::nullopt;
  return term->value();
}

std::optional<IdCondition::Kind> kind_test(Function function) {
  switch (function) {
    case Function::IsIri:
      return IdCondition::Kind::IsIri;
    case Function::IsBlank:
      return IdCondition::Kind::IsBlank;
    case Function::IsLiteral:
      return IdCondition::Kind::IsLiteral;
    case Function::IsNumeric:
      return IdCondition::Kind::IsNumeric;
    default:
      return std::nullopt;
  }
}

/// The comparison that says the same with its sides exchanged.
Function exchanged(Function function) {
  switch (function) {
    case Function::Less:
      return Function::Greater;
    case Function::LessEqual:
      return Function::GreaterEqual;
    case Function::Greater:
      return Function::Less;
    case Function::GreaterEqual:
      return Function::LessEqual;
    default:
      return function;
  }
}

std::optional<IdCondition> comparison(const FunctionCall& call) {
  const bool is_turned = std::holds_alternative<Term>(call.arguments[0].node);
  const Variable* const variable = as_variable(call.arguments[is_turned ? 1 : 0]);
  const auto* const constant = std::get_if<Term>(&call.arguments[is_turned ? 0 : 1].node);
  if (!variable || !constant || !constant->is_literal()) return std::nullopt;
  return IdCondition{.variable = *variable,
                     .function = is_turned ? exchanged(call.function) : call.function,
                     .constant = *constant};
}

/// The text that everything matched by a pattern without flags begins with, and whether all that
/// begins with it is matched.
struct RequiredPrefix {
  std::string text{};
  bool is_all = true;
};

RequiredPrefix required_prefix(std::string_view pattern) {
  constexpr std::string_view kSpecial = "\\^$.[]|()?*+{}", kRepeats = "?*+{";
  RequiredPrefix prefix;
  if (!pattern.starts_with('^') || pattern.find('|') != std::string_view::npos) return {{}, false};
  std::size_t at = 1;
  std::size_t last = 0;  // where the last character begins in the text
  while (at < pattern.size()) {
    const char c = pattern[at];
    const bool is_escape = c == '\\' && at + 1 < pattern.size() &&
                           kSpecial.find(pattern[at + 1]) != std::string_view::npos;
    if (!is_escape && kSpecial.find(c) != std::string_view::npos) break;
    if (is_escape) ++at;
    // Continuing bytes of UTF-8 belong to the character before.
    if ((static_cast<unsigned char>(pattern[at]) & 0xC0) != 0x80) last = prefix.text.size();
    prefix.text += pattern[at++];
  }
  prefix.is_all = at == pattern.size();
  // A character that may be repeated may be missing, too.
  if (!prefix.is_all && kRepeats.find(pattern[at]) != std::string_view::npos)
    prefix.text.resize(std::min(last, prefix.text.size()));
  return prefix;
}

std::optional<IdCondition> prefix_test(const FunctionCall& call) {
  const Expression* subject = &call.arguments[0];
  const auto* const str = std::get_if<FunctionCall>(&subject->node);
  const bool of_str = str && str->function == Function::Str;
  if (of_str) subject = &str->arguments[0];
  const Variable* const variable = as_variable(*subject);
  const auto text = as_text(call.arguments[1]);
  if (!variable || !text || call.arguments.size() > 2) return std::nullopt;
  RequiredPrefix prefix{std::string(*text), true};
  if (call.function == Function::Regex) prefix = required_prefix(*text);
  // The zero byte separates a text from its language or datatype in the dictionary.
  if (prefix.text.empty() || prefix.text.find('\0') != std::string::npos) return std::nullopt;
  return IdCondition{.kind = IdCondition::Kind::Prefix,
                     .variable = *variable,
                     .constant = Term::literal(prefix.text),
                     .of_str = of_str,
                     .is_sufficient = prefix.is_all};
}

}  // namespace

std::optional<IdCondition> id_condition(const Expression& expression) {
  const auto* const call = std::get_if<FunctionCall>(&expression.node);
  if (!call || call->arguments.empty()) return std::nullopt;
  if (call->arguments.size() == 1) {
    const auto kind = kind_test(call->function);
    const Variable* const variable = as_variable(call->arguments[0]);
    if (!kind || !variable) return std::nullopt;
    return IdCondition{.kind = *kind, .variable = *variable};
  }
  switch (call->function) {
    case Function::Equal:
    case Function::NotEqual:
    case Function::Less:
    case Function::LessEqual:
    case Function::Greater:
    case Function::GreaterEqual:
      return comparison(*call);
    case Function::StrStarts:
    case Function::Regex:
      return prefix_test(*call);
    default:
      return std::nullopt;
  }
}

}  // namespace tripten
