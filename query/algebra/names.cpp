// How SPARQL writes functions and aggregates.
#include <array>
#include <cstddef>

#include "query/algebra/algebra.h"

namespace tripten {

std::string_view name_of(Function function) {
  constexpr std::array<std::string_view, 68> kNames{
      "BOUND",     "IF",          "COALESCE",  "||",
      "&&",        "!",           "=",         "!=",
      "<",         ">",           "<=",        ">=",
      "sameTerm",  "IN",          "NOT IN",    "+",
      "-",         "*",           "/",         "-",
      "+",         "isIRI",       "isBLANK",   "isLITERAL",
      "isNUMERIC", "STR",         "LANG",      "DATATYPE",
      "IRI",       "BNODE",       "STRDT",     "STRLANG",
      "UUID",      "STRUUID",     "STRLEN",    "SUBSTR",
      "UCASE",     "LCASE",       "STRSTARTS", "STRENDS",
      "CONTAINS",  "STRBEFORE",   "STRAFTER",  "ENCODE_FOR_URI",
      "CONCAT",    "langMATCHES", "REGEX",     "REPLACE",
      "ABS",       "ROUND",       "CEIL",      "FLOOR",
      "RAND",      "NOW",         "YEAR",      "MONTH",
      "DAY",       "HOURS",       "MINUTES",   "SECONDS",
      "TIMEZONE",  "TZ",          "MD5",       "SHA1",
      "SHA256",    "SHA384",      "SHA512",    "cast"};
  return kNames[static_cast<std::size_t>(function)];
}

std::string_view name_of(AggregateKind kind) {
  constexpr std::array<std::string_view, 7> kNames{"COUNT", "SUM",    "MIN",         "MAX",
                                                   "AVG",   "SAMPLE", "GROUP_CONCAT"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace tripten
