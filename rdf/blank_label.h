// Labels of blank nodes that a parser makes, kept apart from those that stand in the text.
//
//   in the text     to the sink
//   x               x
//   genid7          genid_7     (genid_7 becomes genid__7, and so on)
//   the 7th made    genid7
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tripten {

/// The label of the blank node number `number` that a parser has made.
std::string generated_label(std::uint64_t number);

/// A label of the text as the sink gets it: a view of `label` itself or of `scratch`.
std::string_view written_label(std::string_view label, std::string& scratch);

}  // namespace tripten
