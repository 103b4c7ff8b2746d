#include "differential/variants.h"

#include <stdexcept>

#include "query/parse/parsed_queries.h"
#include "query/parse/query_shape.h"

namespace tripten::test {

namespace {

std::string other_value(const ShapeConstant& constant, std::size_t number) {
  const std::string digits = std::to_string(number);
  switch (constant.kind) {
    case ShapeConstant::Kind::Iri:
      return "http://ex.org/other" + digits;
    case ShapeConstant::Kind::PrefixedName:
    case ShapeConstant::Kind::String:
      return "other" + digits;
    case ShapeConstant::Kind::Integer:
      return "7" + digits;
    case ShapeConstant::Kind::Decimal:
      return "7.5" + digits;
  }
  return {};
}

/// The text with other constants.
std::string other_text(const std::string& text, const QueryShape& shape, std::size_t number) {
  std::string other;
  const char* at = text.data();
  for (const ShapeConstant& constant : shape.constants) {
    other.append(at, constant.value.data());
    other += other_value(constant, number++);
    at = constant.value.data() + constant.value.size();
  }
  return other.append(at, text.data() + text.size());
}

bool is_same(const Query& a, const Query& b) {
  return a.form == b.form && a.dataset == b.dataset && a.pattern == b.pattern && a.base == b.base &&
         a.prefixes == b.prefixes && a.leniencies.size() == b.leniencies.size();
}

}  // namespace

Query parsed_by_shape(const std::string& text, const ParseOptions& options) {
  ParsedQueries queries;
  const auto shape = shape_of(text);
  if (!shape) throw std::logic_error("a random query has no shape");
  for (const std::string& each : {other_text(text, *shape, 0), other_text(text, *shape, 3), text})
    if (!is_same(*queries.parse(each, options).query, parse_query(each, options)))
      throw std::logic_error("the cache of parsed queries misreads " + each);
  return *queries.parse(text, options).query;
}

std::optional<BoundConstant> with_constant_bound(const std::string& text, std::size_t number,
                                                 const ParseOptions& options) {
  const auto shape = shape_of(text);
  if (!shape || shape->constants.empty()) return std::nullopt;
  const ShapeConstant& constant = shape->constants[number % shape->constants.size()];
  const Query plain = parse_query(text, options);
  BoundConstant bound{{}, "bound", {}};
  std::size_t before = 0, after = 0;  // bytes around the value
  switch (constant.kind) {
    case ShapeConstant::Kind::Iri:
      bound.value = Term::iri(constant.value);
      before = after = 1;
      break;
    case ShapeConstant::Kind::PrefixedName:
      bound.value =
          Term::iri(plain.prefixes.at(std::string(constant.prefix)) + std::string(constant.value));
      before = constant.prefix.size() + 1;
      break;
    case ShapeConstant::Kind::Integer:
      bound.value = Term::typed(constant.value, "http://www.w3.org/2001/XMLSchema#integer");
      break;
    default:
      return std::nullopt;  // a tag or datatype may follow
  }
  const auto begin = static_cast<std::size_t>(constant.value.data() - text.data()) - before;
  std::string variant = text;
  variant.replace(begin, before + constant.value.size() + after, " ?bound ");
  try {
    bound.query = parse_query(variant, options);
  } catch (const Error&) {  // no variable may stand there
    return std::nullopt;
  }
  const bool has_its_columns =
      std::holds_alternative<AskForm>(plain.form) ||
      (std::holds_alternative<SelectForm>(plain.form) && bound.query.form == plain.form);
  return has_its_columns ? std::optional(std::move(bound)) : std::nullopt;
}

}  // namespace tripten::test
