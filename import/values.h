// Values: what a source writes, without what only says that there is none.
//
// R and spreadsheets leave `NA`, `.na.character`, `NULL` and empty texts where nothing is known.
// None of these may become a literal; each is counted by its name.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "import/yaml.h"

namespace tripten {

/// How many values were left out, by the reason.
using LeftOut = std::map<std::string, std::uint64_t>;

/// Why a text is no value ("NA", "empty", ...); empty where it is one.
std::string_view reason_for_no_value(std::string_view text);

/// `text`, or nothing (counted) where it is no value.
std::string value_of(std::string_view text, LeftOut& left_out);
/// The same for a YAML value, nullptr included (not counted). A list of one scalar is that scalar;
/// other lists and maps are "not a text".
std::string value_of(const Yaml* yaml, LeftOut& left_out);

/// A list of texts: a YAML list, or a scalar cut at any of `separators` with blanks around them
/// trimmed. Each value once, in order.
std::vector<std::string> values_of(const Yaml* yaml, std::string_view separators,
                                   LeftOut& left_out);

/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace tripten
