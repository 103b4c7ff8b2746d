#include "query/parse/placeholders.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/utf8.h"
#include "rdf/iri.h"

namespace tripten {

namespace {

enum class Where { Code, Comment, String, LongString, Iri };

bool is_name_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

struct Placeholder {
  std::size_t begin = 0, end = 0;  // with the braces
  std::string name;
};

/// `{{ name }}` at an offset: no SPARQL text has a bare name inside two braces.
std::optional<Placeholder> placeholder_at(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "{{") return std::nullopt;
  std::size_t i = at + 2;
  while (i < text.size() && text[i] == ' ')
    ++i;
  const std::size_t begin = i;
  while (i < text.size() && is_name_byte(text[i]))
    ++i;
  const std::string name(text.substr(begin, i - begin));
  while (i < text.size() && text[i] == ' ')
    ++i;
  if (name.empty() || text.substr(i, 2) != "}}") return std::nullopt;
  return Placeholder{at, i + 2, name};
}

/// Whether the `<` at an offset begins an IRIREF [139], placeholders inside allowed.
bool begins_iri(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size();) {
    if (text[i] == '>') return true;
    if (const auto inside = placeholder_at(text, i)) {
      i = inside->end;
    } else if (!has_iri_characters(text.substr(i, 1))) {
      return false;
    } else {
      ++i;
    }
  }
  return false;
}

/// Calls `visit(placeholder, where, quote)` for each placeholder outside comments.
template <typename Visit>
void scan(std::string_view text, Visit visit) {
  Where where = Where::Code;
  char quote = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (where == Where::Comment) {
      if (c == '\n') where = Where::Code;
      ++i;
      continue;
    }
    if (const auto found = placeholder_at(text, i)) {
      visit(*found, where, quote);
      i = found->end;
      continue;
    }
    const std::string three(3, quote ? quote : c);
    switch (where) {
      case Where::Code:
        if (c == '#') where = Where::Comment;
        if (c == '"' || c == '\'') {
          quote = c;
          where = text.substr(i).starts_with(three) ? Where::LongString : Where::String;
          i += where == Where::LongString ? 2 : 0;
        } else if (c == '<' && begins_iri(text, i)) {
          where = Where::Iri;
        } else if (c == '\\') {
          ++i;  // PN_LOCAL_ESC: the next character is part of a name
        }
        break;
      case Where::String:
        if (c == '\\') ++i;
        if (c == quote || c == '\n') where = Where::Code, quote = 0;
        break;
      case Where::LongString:
        if (c == '\\')
          ++i;
        else if (text.substr(i).starts_with(three))
          i += 2, where = Where::Code, quote = 0;
        break;
      case Where::Iri:
        if (c == '>') where = Where::Code;
        break;
      case Where::Comment:
        break;
    }
    ++i;
  }
}

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value)
    switch (c) {
      case '"':
      case '\'':
      case '\\':
        text += '\\';
        text += c;
        break;
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      default:
        text += c;
    }
  return text;
}

/// What a `# param:` line says of a placeholder.
struct Declaration {
  std::optional<std::string> fallback{};
  std::vector<std::string> choices{};  // empty: any
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end; (end = text.find(separator)) != std::string_view::npos;
       text.remove_prefix(end + 1))
    parts.push_back(text.substr(0, end));
  parts.push_back(text);
  return parts;
}

std::map<std::string, Declaration> declarations(std::string_view text) {
  std::map<std::string, Declaration> found;
  for (std::string_view line : split(text, '\n')) {
    line = trimmed(line);
    if (!line.starts_with('#')) continue;
    line = trimmed(line.substr(1));
    constexpr std::string_view kParam = "param:";
    if (!line.starts_with(kParam)) continue;
    const auto parts = split(line.substr(kParam.size()), '|');
    Declaration declaration;
    if (parts.size() > 1) {
      const std::string_view kind = trimmed(parts[1]);
      constexpr std::string_view kEnum = "enum:";
      if (kind.starts_with(kEnum))
        for (const std::string_view choice : split(kind.substr(kEnum.size()), ','))
          declaration.choices.emplace_back(trimmed(choice.substr(0, choice.find('='))));
    }
    if (parts.size() > 2) declaration.fallback = std::string(trimmed(parts[2]));
    std::string_view name = trimmed(parts[0]);
    if (const std::size_t end = name.find_first_of(" \t"); end != std::string_view::npos) {
      if (parts.size() == 1) declaration.fallback = std::string(trimmed(name.substr(end)));
      name = name.substr(0, end);
    }
    found.emplace(name, std::move(declaration));
  }
  return found;
}

bool is_number(std::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  const std::size_t exponent = text.find_first_of("eE");
  std::string_view mantissa = text.substr(0, exponent);
  const auto digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::size_t point = mantissa.find('.');
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : mantissa.substr(point + 1);
  if (!digits(whole) || !digits(fraction) || whole.size() + fraction.size() == 0) return false;
  if (point != std::string_view::npos && fraction.empty()) return false;
  if (exponent == std::string_view::npos) return true;
  std::string_view power = text.substr(exponent + 1);
  if (!power.empty() && (power[0] == '+' || power[0] == '-')) power.remove_prefix(1);
  return !power.empty() && digits(power);
}

bool is_prefixed_name(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
  const auto name = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(),
                       [](char c) { return is_name_byte(c) || c == '.'; }) &&
           part.back() != '.' && part.front() != '.' && part.front() != '-';
  };
  const std::string_view prefix = text.substr(0, colon);
  return std::isalpha(static_cast<unsigned char>(prefix[0])) != 0 && name(prefix) &&
         name(text.substr(colon + 1));
}

/// `"..."`, `"..."@tag`, `"..."^^<iri>`, `"..."^^prefix:name`, closed where it should be.
bool is_quoted_literal(std::string_view text) {
  if (text.size() < 2 || (text[0] != '"' && text[0] != '\'')) return false;
  const char quote = text[0];
  std::size_t end = 1;
  for (; end < text.size() && text[end] != quote; ++end) {
    if (text[end] == '\n' || text[end] == '\r') return false;
    if (text[end] == '\\' &&
        (++end >= text.size() ||
         std::string_view("tbnrf\\\"'").find(text[end]) == std::string_view::npos))
      return false;
  }
  if (end >= text.size()) return false;
  const std::string_view rest = text.substr(end + 1);
  if (rest.empty()) return true;
  if (rest[0] == '@') {
    const std::string_view tag = rest.substr(1);
    return !tag.empty() && std::isalpha(static_cast<unsigned char>(tag[0])) != 0 &&
           tag.back() != '-' && std::all_of(tag.begin(), tag.end(), [](char c) {
             return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
           });
  }
  if (!rest.starts_with("^^")) return false;
  const std::string_view datatype = rest.substr(2);
  return is_prefixed_name(datatype) ||
         (datatype.size() > 2 && datatype.front() == '<' && datatype.back() == '>' &&
          has_iri_characters(datatype.substr(1, datatype.size() - 2)));
}

/// The characters of a name directly before an offset, with the sign of a variable.
std::string_view name_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && (is_name_byte(text[begin - 1]) || text[begin - 1] == ':' ||
                       text[begin - 1] == '.' || text[begin - 1] == '%'))
    --begin;
  if (begin > 0 && (text[begin - 1] == '?' || text[begin - 1] == '$')) --begin;
  const std::string_view name = text.substr(begin, at - begin);
  return !name.empty() && name.back() == '.' ? std::string_view() : name;
}

/// Whether name characters and then a colon follow.
bool prefix_follows(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_name_byte(text[at]) || text[at] == '.'))
    ++at;
  return at < text.size() && text[at] == ':';
}

/// The value as it goes in at one place.
std::string inserted(std::string_view text, const Placeholder& at, Where where,
                     const std::string& value, const Position& place) {
  const auto refuse = [&](std::string_view what) {
    throw Error(ErrorCode::Invalid,
                fmt::format("the value '{}' of {{{{{}}}}} has characters that can't stand in {}",
                            excerpt(value, 60), at.name, what),
                place);
  };
  if (where == Where::String || where == Where::LongString) return escaped(value);
  if (where == Where::Iri) {
    if (!has_iri_characters(value)) refuse("an IRI");
    return value;
  }
  const std::string_view before = name_before(text, at.begin);
  const char after = at.end < text.size() ? text[at.end] : ' ';
  if (before.empty() && after != ':' && !is_name_byte(after)) return " " + term_text(value) + " ";
  const auto all_of = [&](auto test) {
    return !value.empty() && std::all_of(value.begin(), value.end(), test);
  };
  const auto is_letter_or_digit = [](char c) { return is_name_byte(c) && c != '-'; };
  if (before.starts_with('?') || before.starts_with('$')) {
    if (!all_of(is_letter_or_digit)) refuse("a variable's name");
  } else if (before.find(':') != std::string_view::npos) {
    const bool fits = all_of([](char c) { return is_name_byte(c) || c == '.'; });
    if (!fits || value.back() == '.' || (before.back() == ':' && !is_letter_or_digit(value[0])))
      refuse("a name");
  } else {
    // The beginning of a prefixed name, or no name at all.
    const bool begins_well =
        std::isalpha(static_cast<unsigned char>(before.empty() ? value.c_str()[0] : before[0])) !=
        0;
    if (!begins_well || !prefix_follows(text, at.end) || !all_of(is_letter_or_digit))
      refuse("what stands around it");
  }
  return value;
}

}  // namespace

std::string term_text(std::string_view value) {
  const std::string_view text = trimmed(value);
  const bool is_iri = text.size() > 2 && text.front() == '<' && text.back() == '>' &&
                      has_iri_characters(text.substr(1, text.size() - 2));
  if (is_iri || is_number(text) || is_prefixed_name(text) || is_quoted_literal(text))
    return std::string(text);
  return "\"" + escaped(value) + "\"";
}

bool has_placeholder(std::string_view text, std::string_view name) {
  bool found = false;
  if (text.find("{{") == std::string_view::npos) return found;
  scan(text, [&](const Placeholder& at, Where, char) { found = found || at.name == name; });
  return found;
}

std::vector<std::string> names_of_placeholders(std::string_view text) {
  std::vector<std::string> names;
  if (text.find("{{") == std::string_view::npos) return names;
  scan(text, [&](const Placeholder& at, Where, char) {
    if (std::find(names.begin(), names.end(), at.name) == names.end()) names.push_back(at.name);
  });
  return names;
}

SourceText fill_placeholders(SourceText source, const std::map<std::string, std::string>& values,
                             std::vector<Leniency>& notes) {
  if (source.text().find("{{") == std::string::npos) return source;
  const std::string text = source.text();
  const auto declared = declarations(text);
  SourceText filled = SourceText::rewriting(std::move(source));
  PlaceCursor cursor(text);
  std::set<std::string> noted;
  std::size_t copied = 0;
  scan(text, [&](const Placeholder& at, Where where, char) {
    const Position place = filled.original_of_before(cursor.at(at.begin));
    const auto declaration = declared.find(at.name);
    const auto given = values.find(at.name);
    std::string value;
    if (given != values.end())
      value = given->second;
    else if (declaration != declared.end() && declaration->second.fallback)
      value = *declaration->second.fallback;
    else
      throw Error(ErrorCode::Invalid,
                  fmt::format("{{{{{0}}}}} has no value; give one with --param {0}=...", at.name),
                  place);
    if (!is_valid_utf8(value))
      throw Error(ErrorCode::Invalid, fmt::format("the value of {{{{{}}}}} is not UTF-8", at.name),
                  place);
    if (declaration != declared.end() && !declaration->second.choices.empty()) {
      const auto& choices = declaration->second.choices;
      if (std::find(choices.begin(), choices.end(), value) == choices.end())
        throw Error(ErrorCode::Invalid,
                    fmt::format("{{{{{}}}}} can't be '{}'; it is one of {}", at.name,
                                excerpt(value, 60), fmt::join(choices, ", ")),
                    place);
    }
    filled.append(std::string_view(text).substr(copied, at.begin - copied));
    const std::string now = inserted(text, at, where, value, place);
    if (noted.emplace(at.name).second)
      notes.push_back(
          {place, fmt::format("{{{{{}}}}} is a placeholder; the standard form has {} here", at.name,
                              excerpt(trimmed(now), 60))});
    filled.append_changed(now, std::string_view(text).substr(at.begin, at.end - at.begin));
    copied = at.end;
  });
  filled.append(std::string_view(text).substr(copied));
  return filled;
}

}  // namespace tripten
