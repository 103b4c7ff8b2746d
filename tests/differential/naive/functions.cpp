#include "differential/naive/functions.h"

#include <algorithm>
#include <cmath>
#include <regex>
#include <stdexcept>
#include <string>

#include "differential/naive/number.h"
#include "differential/naive/solution.h"
#include "differential/naive/value.h"

namespace tripten::naive {

namespace {

using Result = std::optional<Term>;

const std::string kXsd = "http://www.w3.org/2001/XMLSchema#";
const std::string kLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

Result truth(std::optional<bool> value) {
  return value ? Result(Term::boolean(*value)) : std::nullopt;
}

/// The string with the language of another string.
Term like(const Term& other, const std::string& text) {
  return other.language().empty() ? Term::literal(text) : Term::tagged(text, other.language());
}

std::string ascii_case(std::string text, bool upper) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) throw NotDetermined("case beyond ASCII");
    c = static_cast<char>(upper ? std::toupper(c) : std::tolower(c));
  }
  return text;
}

std::int64_t code_points(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

/// §17.4.3.1.2: the second has no language, or that of the first.
bool compatible_strings(const Term& a, const Term& b) {
  return is_string(a) && is_string(b) && (b.language().empty() || same_language(a, b));
}

// ---- Operators (§17.3) ----

Result comparison(Function function, const Term& a, const Term& b) {
  const auto either = [](std::optional<bool> x, std::optional<bool> y) {
    return x && y ? std::optional(*x || *y) : std::nullopt;
  };
  switch (function) {
    case Function::Equal:
      return truth(equals(a, b));
    case Function::NotEqual: {
      const auto equal = equals(a, b);
      return equal ? truth(!*equal) : std::nullopt;
    }
    case Function::Less:
      return truth(less_than(a, b));
    case Function::Greater:
      return truth(less_than(b, a));
    case Function::LessEqual: {
      const auto less = less_than(a, b);
      return truth(less ? either(less, equals(a, b)) : std::nullopt);
    }
    default: {
      const auto greater = less_than(b, a);
      return truth(greater ? either(greater, equals(a, b)) : std::nullopt);
    }
  }
}

Result arithmetic(Function function, const Term& a, const Term& b) {
  const auto x = number_of(a), y = number_of(b);
  if (!x || !y) return std::nullopt;
  switch (function) {
    case Function::Add:
      return term_of(add(*x, *y));
    case Function::Subtract:
      return term_of(subtract(*x, *y));
    case Function::Multiply:
      return term_of(multiply(*x, *y));
    default: {
      const auto quotient = divide(*x, *y);
      return quotient ? Result(term_of(*quotient)) : std::nullopt;
    }
  }
}

Result number_function(Function function, const Term& term) {
  const auto number = number_of(term);
  if (!number) return std::nullopt;
  switch (function) {
    case Function::UnaryMinus:
      return term_of(negate(*number));
    case Function::UnaryPlus:
      return term_of(*number);
    case Function::Abs:
      return term_of(absolute(*number));
    case Function::Round:
      return term_of(rounded(*number, Rounding::HalfUp));
    case Function::Ceil:
      return term_of(rounded(*number, Rounding::Ceiling));
    default:
      return term_of(rounded(*number, Rounding::Floor));
  }
}

// ---- Functions on terms (§17.4.2) ----

Result str(const Term& term) {
  return term.is_blank() ? std::nullopt : Result(Term::literal(term.value()));
}
Result lang(const Term& term) {
  return term.is_literal() ? Result(Term::literal(term.language())) : std::nullopt;
}
Result datatype(const Term& term) {
  if (!term.is_literal()) return std::nullopt;
  return Term::iri(term.language().empty() ? term.datatype() : std::string_view(kLangString));
}
Result iri(const Term& term) {
  if (term.is_iri()) return term;
  if (!is_simple(term)) return std::nullopt;
  if (!term.value().starts_with("http://")) throw NotDetermined("a relative IRI");
  return Term::iri(term.value());
}
Result str_lang(const Term& text, const Term& tag) {
  if (!is_simple(text) || !is_simple(tag) || tag.value().empty()) return std::nullopt;
  return Term::tagged(text.value(), tag.value());
}
Result str_dt(const Term& text, const Term& type) {
  if (!is_simple(text) || !type.is_iri()) return std::nullopt;
  return Term::typed(text.value(), type.value());
}

// ---- Functions on strings (§17.4.3) ----

Result sub_str(const std::vector<Term>& arguments) {
  const auto start = number_of(arguments[1]);
  const auto length = arguments.size() > 2 ? number_of(arguments[2]) : std::nullopt;
  if (!is_string(arguments[0]) || !start || (arguments.size() > 2 && !length)) return std::nullopt;
  const std::string& text = arguments[0].value();
  if (code_points(text) != static_cast<std::int64_t>(text.size()))
    throw NotDetermined("SUBSTR beyond ASCII");
  // fn:substring: the characters at p with round(start) <= p < round(start) + round(length).
  const double first = rounded(*start, Rounding::HalfUp).as_double();
  const double end = length ? first + rounded(*length, Rounding::HalfUp).as_double() : INFINITY;
  std::string part;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const double position = static_cast<double>(i) + 1;
    if (first <= position && position < end) part += text[i];
  }
  return like(arguments[0], part);
}

Result concat(const std::vector<Term>& arguments) {
  std::string text;
  bool same = true;
  for (const Term& argument : arguments) {
    if (!is_string(argument)) return std::nullopt;
    text += argument.value();
    same = same && same_language(argument, arguments[0]);
  }
  return same && !arguments.empty() ? like(arguments[0], text) : Term::literal(text);
}

Result string_test(Function function, const Term& text, const Term& part) {
  if (!compatible_strings(text, part)) return std::nullopt;
  const std::size_t at = text.value().find(part.value());
  switch (function) {
    case Function::StrStarts:
      return Term::boolean(text.value().starts_with(part.value()));
    case Function::StrEnds:
      return Term::boolean(text.value().ends_with(part.value()));
    case Function::Contains:
      return Term::boolean(at != std::string::npos);
    case Function::StrBefore:
      return at == std::string::npos ? Term::literal("") : like(text, text.value().substr(0, at));
    default:
      return at == std::string::npos ? Term::literal("")
                                     : like(text, text.value().substr(at + part.value().size()));
  }
}

/// RFC 4647 §3.3.1, basic filtering.
Result lang_matches(const Term& tag, const Term& range) {
  if (!is_simple(tag) || !is_simple(range)) return std::nullopt;
  if (range.value() == "*") return Term::boolean(!tag.value().empty());
  const std::string a = ascii_case(tag.value(), false);
  const std::string b = ascii_case(range.value(), false);
  return Term::boolean(!b.empty() && (a == b || a.starts_with(b + "-")));
}

/// The patterns of random queries mean the same in ECMAScript as in XPath.
Result regex(const std::vector<Term>& arguments) {
  if (!is_string(arguments[0]) || !is_simple(arguments[1])) return std::nullopt;
  auto flags = std::regex::ECMAScript;
  if (arguments.size() > 2) {
    if (!is_simple(arguments[2])) return std::nullopt;
    if (arguments[2].value() == "i")
      flags |= std::regex::icase;
    else if (!arguments[2].value().empty())
      throw NotDetermined("flags of a regular expression");
  }
  try {
    return Term::boolean(
        std::regex_search(arguments[0].value(), std::regex(arguments[1].value(), flags)));
  } catch (const std::regex_error&) {
    throw NotDetermined("a regular expression of another kind");
  }
}

Result string_function(Function function, const std::vector<Term>& arguments) {
  switch (function) {
    case Function::StrLen:
      return is_string(arguments[0]) ? Result(Term::integer(code_points(arguments[0].value())))
                                     : std::nullopt;
    case Function::UCase:
    case Function::LCase:
      if (!is_string(arguments[0])) return std::nullopt;
      return like(arguments[0], ascii_case(arguments[0].value(), function == Function::UCase));
    case Function::SubStr:
      return sub_str(arguments);
    case Function::Concat:
      return concat(arguments);
    case Function::LangMatches:
      return lang_matches(arguments[0], arguments[1]);
    case Function::Regex:
      return regex(arguments);
    default:
      return string_test(function, arguments[0], arguments[1]);
  }
}

}  // namespace

std::optional<Term> cast(const std::string& datatype, const Term& value) {
  if (!datatype.starts_with(kXsd)) throw std::logic_error("no cast to " + datatype);
  const std::string name = datatype.substr(kXsd.size());
  const auto number = number_of(value);
  const auto boolean = boolean_of(value);
  if (name == "string") {
    if (value.is_iri() || is_simple(value)) return Term::literal(value.value());
    if (number) return Term::literal(string_of(*number));
    if (boolean) return Term::literal(*boolean ? "true" : "false");
    if (value.is_literal()) throw NotDetermined("a cast that §17.5 does not know");
    return std::nullopt;
  }
  if (name == "boolean") {
    if (boolean) return Term::boolean(*boolean);
    if (number) return truth(effective_boolean_value(value));
    return is_simple(value) ? truth(boolean_of(Term::typed(value.value(), datatype)))
                            : std::nullopt;
  }
  const NumericType type = name == "integer"   ? NumericType::Integer
                           : name == "decimal" ? NumericType::Decimal
                           : name == "float"   ? NumericType::Float
                                               : NumericType::Double;
  std::optional<Number> source = number;
  if (boolean) source = Number{.digits = *boolean ? 1 : 0};
  if (is_simple(value)) source = parse_number(value.value(), type);
  const auto result = source ? promoted(*source, type) : std::nullopt;
  return result ? Result(term_of(*result)) : std::nullopt;
}

std::optional<Term> call_function(const FunctionCall& call, const std::vector<Term>& arguments) {
  switch (call.function) {
    case Function::SameTerm:
      return Term::boolean(arguments[0] == arguments[1]);
    case Function::Equal:
    case Function::NotEqual:
    case Function::Less:
    case Function::Greater:
    case Function::LessEqual:
    case Function::GreaterEqual:
      return comparison(call.function, arguments[0], arguments[1]);
    case Function::Add:
    case Function::Subtract:
    case Function::Multiply:
    case Function::Divide:
      return arithmetic(call.function, arguments[0], arguments[1]);
    case Function::UnaryMinus:
    case Function::UnaryPlus:
    case Function::Abs:
    case Function::Round:
    case Function::Ceil:
    case Function::Floor:
      return number_function(call.function, arguments[0]);
    case Function::IsIri:
      return Term::boolean(arguments[0].is_iri());
    case Function::IsBlank:
      return Term::boolean(arguments[0].is_blank());
    case Function::IsLiteral:
      return Term::boolean(arguments[0].is_literal());
    case Function::IsNumeric:
      return Term::boolean(number_of(arguments[0]).has_value());
    case Function::Str:
      return str(arguments[0]);
    case Function::Lang:
      return lang(arguments[0]);
    case Function::Datatype:
      return datatype(arguments[0]);
    case Function::Iri:
      return iri(arguments[0]);
    case Function::StrLang:
      return str_lang(arguments[0], arguments[1]);
    case Function::StrDt:
      return str_dt(arguments[0], arguments[1]);
    case Function::Cast:
      return cast(call.iri, arguments[0]);
    case Function::StrLen:
    case Function::UCase:
    case Function::LCase:
    case Function::SubStr:
    case Function::Concat:
    case Function::LangMatches:
    case Function::Regex:
    case Function::StrStarts:
    case Function::StrEnds:
    case Function::Contains:
    case Function::StrBefore:
    case Function::StrAfter:
      return string_function(call.function, arguments);
    default:
      throw std::logic_error("the naive evaluator has no " + std::string(name_of(call.function)));
  }
}

}  // namespace tripten::naive
