// QueryShape: the text of a query with its constants taken out.
//
//   SELECT ?o { <urn:a> ex:p ?o . ?o ex:q "x" }    →    SELECT ?o {<0> p<1>ex: ?o . ...
//
// Two texts of one shape are one query with other constants: they are parsed once
// (query/parse/parsed_queries.h). Which constants are the same belongs to the shape: translation
// makes one of two aggregates that are. The shape keeps white space and comments as one space, and
// whatever is no plain constant as it is: what the grammar makes of it may hang on its content.
//
// Tokens are cut as the grammar cuts them (its terminals [139] to [173]): a constant is taken out
// only where nothing around it could belong to it, and stays in where the query's form depends on
// it: after PREFIX, BASE, FROM, LIMIT, OFFSET and SEPARATOR, as a datatype, before parentheses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripten {

/// A constant as it stands in the text.
struct ShapeConstant {
  enum class Kind : char {
    Iri = 'i',           ///< In angle brackets; absolute.
    PrefixedName = 'p',  ///< Without escapes.
    String = 's',        ///< In quotes, one line, without escapes; tag and datatype stay in.
    Integer = 'n',       ///< Without a sign.
    Decimal = 'd'        ///< Without a sign.
  };
  Kind kind{};
  std::string_view prefix{};  ///< PrefixedName: without the colon.
  std::string_view value{};   ///< The IRI, the local name, the string, the digits.
  friend bool operator==(const ShapeConstant&, const ShapeConstant&) = default;
};

struct QueryShape {
  std::string key{};
  std::vector<ShapeConstant> constants{};  ///< They refer to the text.

  /// The text with marks in place of its constants (see mark_number()).
  std::string marked() const;
};

/// Nothing for a text that can't be cut into tokens, or that has marks already.
std::optional<QueryShape> shape_of(std::string_view text);

/// The number of the constant that a mark stands for, from a term's value without its namespace.
std::optional<std::size_t> mark_number(std::string_view value);

}  // namespace tripten
