// Count lines: how often names stand in the data, for a person's eyes.
//
//     count  subjects  objects
//   183,304   183,304  183,302  kg:caption
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/tripten.h"

namespace tripten::shell {

struct CountLine {
  /// Of all lines as many: the count alone, or with subjects and objects.
  std::vector<std::uint64_t> figures{};
  std::string name{}, label{};  ///< Without control characters.
};

using TermNames = std::function<std::string(const Term&)>;
CountLine count_line(const NamedCount& count, const TermNames& names);
CountLine count_line(const PredicateCount& count, const TermNames& names);

/// Figures to the right, below each other; below headings where there are several.
void write_counts(std::ostream& out, const std::vector<CountLine>& lines, std::string_view margin);

}  // namespace tripten::shell
