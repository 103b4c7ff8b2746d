// Recognises the ways of saying "nothing".
#include "import/values.h"

#include <unordered_set>

namespace tripten {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::size_t start = text.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(kBlanks) - start + 1);
}

std::string_view reason_for_no_value(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return "empty";
  for (std::string_view nothing : {"NA", ".na.character", "NULL", "null"})
    if (text == nothing) return nothing;
  return {};
}

std::string value_of(std::string_view text, LeftOut& left_out) {
  std::string_view reason = reason_for_no_value(text);
  if (reason.empty()) return std::string(text);
  ++left_out[std::string(reason)];
  return {};
}

std::string value_of(const Yaml* yaml, LeftOut& left_out) {
  if (!yaml) return {};
  if (yaml->kind == Yaml::Kind::List && yaml->items.size() == 1) yaml = &yaml->items[0];
  if (yaml->is_scalar()) {
    if (yaml->text == "~" && yaml->plain) return value_of(std::string_view("null"), left_out);
    return value_of(std::string_view(yaml->text), left_out);
  }
  ++left_out[yaml->is_empty() ? "empty" : "not a text"];
  return {};
}

std::vector<std::string> values_of(const Yaml* yaml, std::string_view separators,
                                   LeftOut& left_out) {
  std::vector<std::string> values;
  std::unordered_set<std::string> known;
  auto add = [&](std::string value) {
    if (!value.empty() && known.insert(value).second) values.push_back(std::move(value));
  };
  if (!yaml) return values;
  if (yaml->kind == Yaml::Kind::List) {
    for (const Yaml& item : yaml->items)
      add(value_of(&item, left_out));
  } else if (yaml->is_scalar() && reason_for_no_value(yaml->text).empty()) {
    std::string_view rest = yaml->text;
    while (true) {
      std::size_t end = rest.find_first_of(separators);
      add(value_of(trimmed(rest.substr(0, end)), left_out));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  } else {
    add(value_of(yaml, left_out));
  }
  return values;
}

}  // namespace tripten
