// Numbers are checked by shape, dates by the calendar (rdf/date_time.h). A date's format is a
// pattern of Unicode TR35 as CSVW allows it: d dd M MM yyyy H HH m mm s ss, S for fractions, X for
// zones, anything else as it stands. Regular expressions of texts and constraints (minLength,
// minimum, ...) are not checked.
#include "import/cell_datatype.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "import/values.h"
#include "import/vocabulary.h"
#include "rdf/date_time.h"

namespace tripten {

namespace {

using Family = CellDatatype::Family;

struct BuiltIn {
  std::string_view name;
  Family family;
  std::string_view iri;  // after the XSD namespace, unless it has a colon
  bool is_unsigned = false;
  std::optional<std::int64_t> least{}, most{};
};

constexpr auto kBuiltIn = std::to_array<BuiltIn>({
    {"string", Family::Text, ""},
    {"normalizedString", Family::Token, "normalizedString"},
    {"token", Family::Token, "token"},
    {"language", Family::Token, "language"},
    {"Name", Family::Token, "Name"},
    {"NMTOKEN", Family::Token, "NMTOKEN"},
    {"anyAtomicType", Family::Text, "anyAtomicType"},
    {"any", Family::Text, "anyAtomicType"},
    {"xml", Family::Text, "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"},
    {"html", Family::Text, "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML"},
    {"json", Family::Text, "http://www.w3.org/ns/csvw#JSON"},
    {"anyURI", Family::Uri, "anyURI"},
    {"base64Binary", Family::Token, "base64Binary"},
    {"binary", Family::Token, "base64Binary"},
    {"hexBinary", Family::Token, "hexBinary"},
    {"QName", Family::Token, "QName"},
    {"boolean", Family::Boolean, "boolean"},
    {"decimal", Family::Decimal, "decimal"},
    {"double", Family::Double, "double"},
    {"float", Family::Double, "float"},
    {"number", Family::Double, "double"},
    {"integer", Family::Integer, "integer"},
    {"long", Family::Integer, "long"},
    {"int", Family::Integer, "int", false, -2147483648LL, 2147483647LL},
    {"short", Family::Integer, "short", false, -32768, 32767},
    {"byte", Family::Integer, "byte", false, -128, 127},
    {"nonNegativeInteger", Family::Integer, "nonNegativeInteger", true},
    {"positiveInteger", Family::Integer, "positiveInteger", true, 1},
    {"nonPositiveInteger", Family::Integer, "nonPositiveInteger", false, {}, 0},
    {"negativeInteger", Family::Integer, "negativeInteger", false, {}, -1},
    {"unsignedLong", Family::Integer, "unsignedLong", true},
    {"unsignedInt", Family::Integer, "unsignedInt", true, 0, 4294967295LL},
    {"unsignedShort", Family::Integer, "unsignedShort", true, 0, 65535},
    {"unsignedByte", Family::Integer, "unsignedByte", true, 0, 255},
    {"date", Family::Temporal, "date"},
    {"time", Family::Temporal, "time"},
    {"dateTime", Family::Temporal, "dateTime"},
    {"datetime", Family::Temporal, "dateTime"},
    {"dateTimeStamp", Family::Temporal, "dateTimeStamp"},
    {"gYear", Family::Temporal, "gYear"},
    {"gYearMonth", Family::Temporal, "gYearMonth"},
    {"gMonth", Family::Temporal, "gMonth"},
    {"gMonthDay", Family::Temporal, "gMonthDay"},
    {"gDay", Family::Temporal, "gDay"},
    {"duration", Family::Token, "duration"},
    {"dayTimeDuration", Family::Token, "dayTimeDuration"},
    {"yearMonthDuration", Family::Token, "yearMonthDuration"},
});

TemporalKind temporal_kind(std::string_view name) {
  if (name == "date") return TemporalKind::Date;
  if (name == "time") return TemporalKind::Time;
  if (name == "gYear") return TemporalKind::GYear;
  if (name == "gYearMonth") return TemporalKind::GYearMonth;
  if (name == "gMonth") return TemporalKind::GMonth;
  if (name == "gMonthDay") return TemporalKind::GMonthDay;
  if (name == "gDay") return TemporalKind::GDay;
  return TemporalKind::DateTime;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits from `at` on; how many.
std::size_t count_digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end]))
    ++end;
  return end - at;
}

/// [+-] digits [. digits] [e [+-] digits]; the last two only where allowed.
bool has_shape_of_number(std::string_view text, bool with_point, bool with_exponent) {
  std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  std::size_t whole = count_digits(text, at), fraction = 0;
  at += whole;
  if (with_point && at < text.size() && text[at] == '.') {
    fraction = count_digits(text, at + 1);
    at += 1 + fraction;
  }
  if (whole + fraction == 0) return false;
  if (with_exponent && at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    std::size_t digits = count_digits(text, at);
    if (digits == 0) return false;
    at += digits;
  }
  return at == text.size();
}

bool is_in_range(std::string_view text, const CellDatatype& datatype) {
  if (datatype.is_unsigned && text.starts_with('-') &&
      text.find_first_not_of("-0") != std::string_view::npos)
    return false;
  if (!datatype.least && !datatype.most) return true;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {
    // Beyond 64 bits: on the open side of the range, if it has one.
    return text.starts_with('-') ? !datatype.least : !datatype.most;
  }
  return (!datatype.least || value >= *datatype.least) &&
         (!datatype.most || value <= *datatype.most);
}

bool number_form(std::string_view text, const CellDatatype& datatype, std::string& out) {
  out = text;
  if (datatype.group_mark) std::erase(out, *datatype.group_mark);
  if (datatype.decimal_mark != '.')
    std::replace(out.begin(), out.end(), datatype.decimal_mark, '.');
  switch (datatype.family) {
    case Family::Integer:
      return has_shape_of_number(out, false, false) && is_in_range(out, datatype);
    case Family::Decimal:
      return has_shape_of_number(out, true, false);
    default:
      return out == "NaN" || out == "INF" || out == "-INF" || has_shape_of_number(out, true, true);
  }
}

bool boolean_form(std::string_view text, const CellDatatype& datatype, std::string& out) {
  std::string_view yes = "true", no = "false";
  if (!datatype.format.empty()) {
    std::size_t bar = datatype.format.find('|');
    yes = std::string_view(datatype.format).substr(0, bar);
    no = bar == std::string::npos ? "" : std::string_view(datatype.format).substr(bar + 1);
  }
  bool is_yes = text == yes || (datatype.format.empty() && text == "1");
  bool is_no = text == no || (datatype.format.empty() && text == "0");
  out = is_yes ? "true" : "false";
  return is_yes || is_no;
}

/// What a pattern's letters read from a text.
struct DateParts {
  std::string year = "0000", month = "01", day = "01", hour = "00", minute = "00", second = "00";
  std::string fraction{}, zone{};
};

/// A run of digits, at least `least` (one letter: one or two digits), padded to two.
bool take_number(std::string_view text, std::size_t& at, std::size_t letters, std::string& into) {
  std::size_t digits = std::min(count_digits(text, at), std::max<std::size_t>(letters, 2));
  if (digits < letters || digits == 0) return false;
  into = text.substr(at, digits);
  if (into.size() == 1) into.insert(0, 1, '0');
  at += digits;
  return true;
}

bool take_zone(std::string_view text, std::size_t& at, std::string& into) {
  if (at < text.size() && text[at] == 'Z') {
    into = "Z";
    ++at;
    return true;
  }
  std::size_t end = at;
  while (end < text.size() &&
         (is_digit(text[end]) || text[end] == ':' || text[end] == '+' || text[end] == '-'))
    ++end;
  into = text.substr(at, end - at);
  if (into.size() == 3) into += ":00";
  if (into.size() == 5) into.insert(3, 1, ':');
  at = end;
  return into.size() == 6;
}

bool match_pattern(std::string_view text, std::string_view pattern, DateParts& parts) {
  std::size_t at = 0;
  for (std::size_t p = 0; p < pattern.size();) {
    char letter = pattern[p];
    std::size_t run = std::min(pattern.find_first_not_of(letter, p), pattern.size()) - p;
    p += run;
    bool matches = true;
    switch (letter) {
      case 'y':
        matches = take_number(text, at, 4, parts.year);
        break;
      case 'M':
        matches = take_number(text, at, run, parts.month);
        break;
      case 'd':
        matches = take_number(text, at, run, parts.day);
        break;
      case 'H':
        matches = take_number(text, at, run, parts.hour);
        break;
      case 'm':
        matches = take_number(text, at, run, parts.minute);
        break;
      case 's':
        matches = take_number(text, at, run, parts.second);
        break;
      case 'S':
        parts.fraction = text.substr(at, count_digits(text, at));
        at += parts.fraction.size();
        matches = parts.fraction.size() <= run;
        break;
      case 'X':
      case 'x':
        matches = take_zone(text, at, parts.zone);
        break;
      case '.':
        // The point before a fraction goes with it.
        if (p < pattern.size() && pattern[p] == 'S' && (at >= text.size() || text[at] != '.')) {
          p = std::min(pattern.find_first_not_of('S', p), pattern.size());
          break;
        }
        [[fallthrough]];
      default:
        matches = text.substr(std::min(at, text.size())).starts_with(std::string(run, letter));
        at += run;
    }
    if (!matches) return false;
  }
  return at == text.size();
}

bool temporal_form(std::string_view text, const CellDatatype& datatype, std::string& out) {
  TemporalKind kind = temporal_kind(datatype.name);
  if (datatype.format.empty()) {
    out = text;
  } else {
    DateParts parts;
    if (!match_pattern(text, datatype.format, parts)) return false;
    std::string date = fmt::format("{}-{}-{}", parts.year, parts.month, parts.day);
    std::string time = fmt::format("{}:{}:{}{}{}", parts.hour, parts.minute, parts.second,
                                   parts.fraction.empty() ? "" : ".", parts.fraction);
    switch (kind) {
      case TemporalKind::Date:
        out = date;
        break;
      case TemporalKind::Time:
        out = time;
        break;
      case TemporalKind::DateTime:
        out = date + "T" + time;
        break;
      case TemporalKind::GYear:
        out = parts.year;
        break;
      case TemporalKind::GYearMonth:
        out = parts.year + "-" + parts.month;
        break;
      case TemporalKind::GMonth:
        out = "--" + parts.month;
        break;
      case TemporalKind::GMonthDay:
        out = "--" + parts.month + "-" + parts.day;
        break;
      case TemporalKind::GDay:
        out = "---" + parts.day;
        break;
    }
    out += parts.zone;
  }
  return parse_date_time(out, kind).has_value();
}

}  // namespace

std::optional<CellDatatype> datatype_named(std::string_view name) {
  auto found = std::find_if(kBuiltIn.begin(), kBuiltIn.end(),
                            [&](const BuiltIn& type) { return type.name == name; });
  if (found == kBuiltIn.end()) return std::nullopt;
  CellDatatype type;
  type.family = found->family;
  type.name = name;
  type.iri = found->iri;
  if (!type.iri.empty() && type.iri.find(':') == std::string::npos)
    type.iri.insert(0, kXsdNamespace);
  type.is_unsigned = found->is_unsigned;
  type.least = found->least;
  type.most = found->most;
  return type;
}

bool lexical_form(std::string_view text, const CellDatatype& datatype, std::string& out) {
  if (datatype.family == Family::Text) {
    out = text;
    return true;
  }
  text = trimmed(text);
  switch (datatype.family) {
    case Family::Boolean:
      return boolean_form(text, datatype, out);
    case Family::Temporal:
      return temporal_form(text, datatype, out);
    case Family::Integer:
    case Family::Decimal:
    case Family::Double:
      return number_form(text, datatype, out);
    case Family::Uri:
      out = text;
      return text.find_first_of(" <>\"") == std::string_view::npos;
    default:
      break;
  }
  out.clear();
  for (char c : text) {  // Blanks collapse.
    bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_blank)
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  }
  return true;
}

std::string with_article(std::string_view name) {
  bool is_vowel =
      !name.empty() && std::string_view("aeiou").find(name[0]) != std::string_view::npos;
  return fmt::format("{} {}", is_vowel ? "an" : "a", name);
}

}  // namespace tripten
