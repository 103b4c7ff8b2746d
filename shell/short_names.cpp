#include "shell/short_names.h"

#include <algorithm>
#include <cctype>

#include "tripten/tripten.h"

namespace tripten::shell {

namespace {

bool is_local_name(std::string_view name) {
  return !name.empty() && name.back() != '.' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c >= 0x80;
         });
}

}  // namespace

ShortNames::ShortNames(const std::map<std::string, std::string>& prefixes) : prefixes_(prefixes) {
  prefixes_.insert(known_prefixes().begin(), known_prefixes().end());
}

std::string ShortNames::of(const Term& term) const {
  if (!term.is_iri()) return printable(term.to_string());
  const std::string& iri = term.value();
  std::size_t longest = 0;
  std::string name;
  for (const auto& [prefix, start] : prefixes_) {
    if (start.size() <= longest || !iri.starts_with(start)) continue;
    const std::string local = iri.substr(start.size());
    if (!is_local_name(local)) continue;
    longest = start.size();
    name = prefix + ":" + local;
  }
  return printable(name.empty() ? term.to_string() : name);
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // C1 controls (U+0080 to U+009F) are two bytes in UTF-8.
    const bool is_c1 =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (is_c1) ++i;
    result += byte < 0x20 || byte == 0x7f || is_c1 ? ' ' : text[i];
  }
  return result;
}

}  // namespace tripten::shell
