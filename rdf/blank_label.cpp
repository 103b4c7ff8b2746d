#include "rdf/blank_label.h"

#include <algorithm>

namespace tripten {
namespace {

constexpr std::string_view kGenerated = "genid";

/// genid, any number of underlines, digits.
bool looks_generated(std::string_view label) {
  if (!label.starts_with(kGenerated)) return false;
  label.remove_prefix(std::min(label.find_first_not_of('_', kGenerated.size()), label.size()));
  return !label.empty() && label.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string generated_label(std::uint64_t number) {
  return std::string(kGenerated) + std::to_string(number);
}

std::string_view written_label(std::string_view label, std::string& scratch) {
  if (!looks_generated(label)) return label;
  scratch = label;
  return scratch.insert(kGenerated.size(), 1, '_');
}

}  // namespace tripten
