// Datatypes of table cells (CSVW Metadata §5.11, Tabular Data Model §6.4): a cell's text → the
// lexical form of a literal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tripten {

struct CellDatatype {
  enum class Family : std::uint8_t {
    Text,     ///< string: blanks are kept.
    Token,    ///< Texts whose blanks are collapsed, and types that are not checked.
    Integer,  ///< integer and what is derived from it.
    Decimal,
    Double,  ///< number, double, float.
    Boolean,
    Temporal,  ///< date, time, dateTime, gYear, ...
    Uri
  };

  Family family = Family::Text;
  std::string name = "string";  ///< CSVW's name, for errors.
  std::string iri{};            ///< Of the literal; empty: xsd:string, or a tagged one.
  std::string format{};         ///< A date's pattern; a boolean's `Y|N`.
  char decimal_mark = '.';
  std::optional<char> group_mark{};
  bool is_unsigned = false;                     ///< Of Integer: nothing below zero.
  std::optional<std::int64_t> least{}, most{};  ///< Of Integer.
};

/// A built-in datatype of CSVW by its name (`integer`, `number`, `date`, `any`, ...).
std::optional<CellDatatype> datatype_named(std::string_view name);

/// Replaces `out` by the lexical form that a cell's text stands for; false where it is not of the
/// datatype. Without a format the text itself is the form, blanks around it aside: "007" stays.
bool lexical_form(std::string_view text, const CellDatatype& datatype, std::string& out);

/// "an integer", "a date": for errors.
std::string with_article(std::string_view name);

}  // namespace tripten
