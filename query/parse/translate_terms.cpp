// Terms, prefixes and variables of a text (SPARQL 1.1 §4.1).
#include <algorithm>

#include <fmt/format.h>

#include "base/nearest.h"
#include "query/parse/translator.h"
#include "rdf/iri.h"
#include "rdf/known_prefixes.h"
#include "rdf/vocabulary.h"

namespace tripten {

Translator::Translator(const SourceText& source, const ParseOptions& options)
    : source_(source),
      options_(options),
      base_(options.base) {}

void Translator::fail(antlr4::ParserRuleContext* at, const std::string& message,
                      ErrorCode code) const {
  throw Error(code, message, place_of(at->getStart(), source_));
}

void Translator::note(antlr4::ParserRuleContext* at, const std::string& message) {
  leniencies_.push_back({place_of(at->getStart(), source_), message});
}

void Translator::note_known_prefixes() {
  if (!known_prefix_at_) return;
  std::string declarations;
  for (const auto& [prefix, iri] : used_prefixes_)
    if (!options_.prefixes.contains(prefix))
      declarations += fmt::format(" PREFIX {}: <{}>", prefix, iri);
  leniencies_.push_back(
      {*known_prefix_at_, "not declared, but known; the standard form begins with" + declarations});
}

std::string Translator::written(antlr4::ParserRuleContext* node) const {
  const antlr4::misc::Interval all(static_cast<ssize_t>(node->getStart()->getStartIndex()),
                                   static_cast<ssize_t>(node->getStop()->getStopIndex()));
  std::string text = node->getStart()->getInputStream()->getText(all);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

void Translator::prologue(Parser::PrologueContext* prologue) {
  for (antlr4::tree::ParseTree* child : prologue->children) {
    if (auto* base = dynamic_cast<Parser::BaseDeclContext*>(child)) {
      base_ = resolved(base->IRIREF(), base);
    } else if (auto* prefix = dynamic_cast<Parser::PrefixDeclContext*>(child)) {
      std::string name = prefix->PNAME_NS()->getText();
      name.pop_back();
      prefixes_[name] = resolved(prefix->IRIREF(), prefix);
    }
  }
}

std::string Translator::resolved(antlr4::tree::TerminalNode* iriref,
                                 antlr4::ParserRuleContext* at) const {
  const std::string text = iriref->getText();
  const std::string_view reference = std::string_view(text).substr(1, text.size() - 2);
  if (is_absolute_iri(reference)) return std::string(reference);
  if (base_.empty())
    throw Error(ErrorCode::Invalid,
                fmt::format("<{}> is a relative IRI, and there is no BASE to resolve it against",
                            reference),
                place_of(at->getStart(), source_));
  return resolve_iri(reference, base_);
}

Term Translator::iri(Parser::IriContext* context) {
  if (auto* reference = context->IRIREF()) return Term::iri(resolved(reference, context));
  auto* name = context->prefixedName();
  const std::string text = name->getText();
  const std::size_t colon = text.find(':');
  const std::string prefix = text.substr(0, colon);
  auto found = prefixes_.find(prefix);
  if (const auto given = options_.prefixes.find(prefix);
      found == prefixes_.end() && given != options_.prefixes.end()) {
    found = used_prefixes_.emplace(*given).first;
  } else if (found == prefixes_.end()) {
    const auto known = known_prefixes().find(prefix);
    if (options_.strict || known == known_prefixes().end()) {
      std::vector<std::string> names;
      for (const auto& [declared, iri] : prefixes_)
        names.push_back(declared + ":");
      for (const auto& [given_name, iri] : options_.prefixes)
        names.push_back(given_name + ":");
      if (!options_.strict)
        for (const auto& [near, iri] : known_prefixes())
          names.push_back(near + ":");
      fail(context,
           fmt::format("prefix {}: is not declared{}", prefix, did_you_mean(prefix + ":", names)),
           ErrorCode::Invalid);
    }
    if (!known_prefix_at_) known_prefix_at_ = place_of(context->getStart(), source_);
    found = used_prefixes_.emplace(*known).first;
  }
  std::string full = found->second;
  for (std::size_t i = colon + 1; i < text.size(); ++i)
    if (text[i] != '\\') full += text[i];  // PN_LOCAL_ESC stands for the character after it
  return Term::iri(full);
}

std::string Translator::string(Parser::StringContext* context) {
  const std::string text = context->getText();
  const std::size_t quotes =
      context->STRING_LITERAL_LONG1() || context->STRING_LITERAL_LONG2() ? 3 : 1;
  std::string value;
  for (std::size_t i = quotes; i + quotes < text.size(); ++i) {
    if (text[i] != '\\') {
      value += text[i];
      continue;
    }
    switch (text[++i]) {
      case 't':
        value += '\t';
        break;
      case 'b':
        value += '\b';
        break;
      case 'n':
        value += '\n';
        break;
      case 'r':
        value += '\r';
        break;
      case 'f':
        value += '\f';
        break;
      default:
        value += text[i];  // a quote or a backslash
    }
  }
  return value;
}

Term Translator::literal(Parser::RdfLiteralContext* context) {
  const std::string value = string(context->string());
  if (auto* tag = context->LANGTAG()) return Term::tagged(value, tag->getText().substr(1));
  if (context->iri()) return Term::typed(value, iri(context->iri()).value());
  return Term::literal(value);
}

Term Translator::number(const std::string& text) const {
  if (text.find_first_of("eE") != std::string::npos) return Term::typed(text, kXsdDouble);
  return Term::typed(text, text.find('.') == std::string::npos ? kXsdInteger : kXsdDecimal);
}

Term Translator::literal(Parser::NumericLiteralContext* context) {
  return number(context->getText());
}

Term Translator::literal(Parser::BooleanLiteralContext* context) {
  return Term::boolean(context->TRUE() != nullptr);
}

Variable Translator::variable(Parser::VarContext* context) {
  Variable name{context->getText().substr(1)};
  if (appeared_.insert(name).second) {
    appearance_.push_back(name);
    if (appearance_.size() > kMostVariables)
      fail(context, fmt::format("more than {} variables are too many", kMostVariables));
  }
  return name;
}

PatternTerm Translator::var_or_iri(Parser::VarOrIriContext* context) {
  if (context->var()) return variable(context->var());
  return iri(context->iri());
}

Variable Translator::fresh_in_pattern(char kind) {
  if (++fresh_in_patterns_ > kMostVariables)
    fail(triples_at_,
         fmt::format("more than {} blank nodes and steps of paths are too many", kMostVariables));
  return fresh(kind);
}

Variable Translator::fresh(char kind) {
  return {fmt::format(".{}{}", kind, next_fresh_++)};
}

}  // namespace tripten
