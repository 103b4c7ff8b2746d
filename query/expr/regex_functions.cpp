// REGEX and REPLACE (§17.4.3.14, §17.4.3.15) by RE2, whose time is linear in the text.
//
// RE2 has neither back references nor look-around, and its classes are Perl's: what it does not
// know in a pattern is an error, never a different answer. Flags are XPath's: s m i x q.
#include <algorithm>
#include <list>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/utf8.h"
#include "query/expr/node.h"
#include "query/expr/required_texts.h"

namespace tripten {
namespace {

constexpr std::size_t kMostPatterns = 8;         // kept compiled for one function call
constexpr std::int64_t kPatternBytes = 8 << 20;  // RE2's own limit for one pattern
constexpr std::size_t kMostBytes = 0x7FFFFFFF;   // of a text: RE2 counts in 32 bits
constexpr std::size_t kMostExcerpt = 60;

struct Flags {
  bool valid = true;
  bool dot_all = false, multi_line = false, ignore_case = false, ignore_space = false;
  bool literal = false;
};

Flags parse_flags(std::string_view text) {
  Flags flags;
  for (const char c : text) {
    switch (c) {
      case 's':
        flags.dot_all = true;
        break;
      case 'm':
        flags.multi_line = true;
        break;
      case 'i':
        flags.ignore_case = true;
        break;
      case 'x':
        flags.ignore_space = true;
        break;
      case 'q':
        flags.literal = true;
        break;
      default:
        flags.valid = false;
    }
  }
  return flags;
}

/// Flag x: without white space outside of character classes.
std::string without_space(std::string_view pattern) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out += c;
      out += pattern[++i];
      continue;
    }
    if (c == '[') ++depth;
    if (c == ']' && depth > 0) --depth;
    if (depth == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    out += c;
  }
  return out;
}

/// The pattern without what flag x leaves out.
std::string pattern_text(std::string_view pattern, const Flags& flags) {
  return flags.ignore_space && !flags.literal ? without_space(pattern) : std::string(pattern);
}

std::unique_ptr<re2::RE2> compile_pattern(std::string text, const Flags& flags) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternBytes);
  options.set_literal(flags.literal);
  options.set_case_sensitive(!flags.ignore_case);
  options.set_dot_nl(flags.dot_all);
  if (flags.multi_line && !flags.literal) text.insert(0, "(?m)");
  return std::make_unique<re2::RE2>(text, options);
}

/// A pattern and its flags, compiled.
struct Compiled {
  std::string pattern, flag_text;
  Flags flags;
  std::unique_ptr<re2::RE2> regex;
  RequiredTexts required;
  bool is_usable() const { return flags.valid && regex->ok(); }
};

Compiled compile_regex(std::string_view pattern, std::string_view flag_text) {
  const Flags flags = parse_flags(flag_text);
  const std::string text = pattern_text(pattern, flags);
  return {std::string(pattern), std::string(flag_text), flags, compile_pattern(text, flags),
          RequiredTexts(flags.literal ? "" : text, flags.ignore_case)};
}

/// The patterns used last, newest first.
class PatternCache {
 public:
  const Compiled& get(std::string_view pattern, std::string_view flags) {
    const auto it = std::find_if(entries_.begin(), entries_.end(), [&](const Compiled& entry) {
      return entry.pattern == pattern && entry.flag_text == flags;
    });
    if (it != entries_.end()) {
      entries_.splice(entries_.begin(), entries_, it);
    } else {
      if (entries_.size() == kMostPatterns) entries_.pop_back();
      entries_.push_front(compile_regex(pattern, flags));
    }
    return entries_.front();
  }

 private:
  std::list<Compiled> entries_{};
};
using CachePtr = std::shared_ptr<PatternCache>;  // std::function wants to be copied

/// Null where pattern or flags are no simple strings, or are wrong.
const Compiled* find_pattern(PatternCache& cache, Operand& pattern, Operand* flags) {
  const auto pattern_text = pattern.simple_string();
  const auto flag_text = flags ? flags->simple_string() : std::string_view();
  if (!pattern_text || !flag_text) return nullptr;
  const Compiled& compiled = cache.get(*pattern_text, *flag_text);
  return compiled.is_usable() ? &compiled : nullptr;
}

re2::StringPiece piece_of(std::string_view text) {
  return {text.data(), text.size()};
}

Value regex(PatternCache& cache, std::span<Operand> arguments) {
  const auto text = arguments[0].string();
  if (!text || text->lexical.size() > kMostBytes) return {};
  const Compiled* const compiled =
      find_pattern(cache, arguments[1], arguments.size() > 2 ? &arguments[2] : nullptr);
  if (!compiled) return {};
  return Frame::boolean(compiled->required.may_match(text->lexical) &&
                        re2::RE2::PartialMatch(piece_of(text->lexical), *compiled->regex));
}

/// Appends the replacement: $N is a group (the longest number that names one), \$ and \\ are
/// themselves; false where it is not of that form (XPath FORX0004).
bool append_replacement(std::string_view replacement, const std::vector<re2::StringPiece>& groups,
                        std::string& out) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c == '\\') {
      if (++i == replacement.size() || (replacement[i] != '\\' && replacement[i] != '$'))
        return false;
      out += replacement[i];
    } else if (c == '$') {
      const auto digit = [&](std::size_t at) -> std::size_t {
        return at < replacement.size() && replacement[at] >= '0' && replacement[at] <= '9'
                   ? static_cast<std::size_t>(replacement[at] - '0')
                   : 10;
      };
      if (digit(i + 1) == 10) return false;
      std::size_t group = digit(++i);
      while (digit(i + 1) < 10 && group * 10 + digit(i + 1) < groups.size())
        group = group * 10 + digit(++i);
      if (group < groups.size()) out.append(groups[group].data(), groups[group].size());
    } else {
      out += c;
    }
  }
  return true;
}

/// All matches replaced; nothing where the replacement is wrong or the pattern matches no text at
/// all (FORX0003).
std::optional<std::string> replace_all(const Compiled& compiled, std::string_view text,
                                       std::string_view replacement, const Frame& frame) {
  const re2::RE2& pattern = *compiled.regex;
  if (pattern.Match("", 0, 0, re2::RE2::ANCHOR_BOTH, nullptr, 0)) return std::nullopt;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) +
                                       1);
  std::string out;
  std::size_t at = 0, asked = 0;
  while (at <= text.size() && pattern.Match(piece_of(text), at, text.size(), re2::RE2::UNANCHORED,
                                            groups.data(), static_cast<int>(groups.size()))) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    if (groups[0].empty()) return std::nullopt;
    out.append(text, at, begin - at);
    if (compiled.flags.literal)
      out += replacement;
    else if (!append_replacement(replacement, groups, out))
      return std::nullopt;
    at = begin + groups[0].size();
    // A replacement may hold the text many times over.
    if (out.size() > asked) frame.require(asked = 2 * out.size());
  }
  return out.append(text, at);
}

Value replace(PatternCache& cache, Frame& frame, std::span<Operand> arguments) {
  const auto text = arguments[0].string();
  const auto replacement = arguments[2].simple_string();
  if (!text || !replacement || text->lexical.size() > kMostBytes) return {};
  const Compiled* const compiled =
      find_pattern(cache, arguments[1], arguments.size() > 3 ? &arguments[3] : nullptr);
  if (!compiled) return {};
  const auto result = replace_all(*compiled, text->lexical, *replacement, frame);
  if (!result) return {};
  return text->language.empty() ? frame.string(*result) : frame.tagged(*result, text->language);
}

/// The text of a constant simple string; nothing for any other argument.
std::optional<std::string_view> constant_text(const Expression& argument) {
  const Term* const term = std::get_if<Term>(&argument.node);
  if (!term || !term->is_literal() || view_of(*term).datatype.size() || !term->language().empty())
    return std::nullopt;
  return term->value();
}

/// Constant patterns and flags: wrong ones are the query's fault and are said so before it runs.
void check_constants(const FunctionCall& call) {
  const std::size_t flags_at = call.function == Function::Regex ? 2 : 3;
  const auto pattern = constant_text(call.arguments[1]);
  const bool has_flags = call.arguments.size() > flags_at;
  const auto flags = has_flags ? constant_text(call.arguments[flags_at]) : std::string_view();
  if (flags && !parse_flags(*flags).valid)
    throw Error(ErrorCode::Invalid,
                fmt::format("{}: the flags \"{}\" may hold only s, m, i, x and q",
                            name_of(call.function), excerpt(*flags, kMostExcerpt)));
  if (!pattern || !flags) return;
  const Compiled compiled = compile_regex(*pattern, *flags);
  if (compiled.regex->ok()) return;
  throw Error(ErrorCode::Invalid,
              fmt::format("{}: the pattern \"{}\" cannot be used: {} (back references and "
                          "look-around are not supported)",
                          name_of(call.function), excerpt(*pattern, kMostExcerpt),
                          compiled.regex->error()));
}

}  // namespace

FunctionTraits regex_function(const FunctionCall& call) {
  check_constants(call);
  const auto cache = std::make_shared<PatternCache>();
  if (call.function == Function::Regex)
    return {[cache](Frame&, std::span<Operand> arguments) { return regex(*cache, arguments); },
            Reads::Strings};
  return {[cache](Frame& frame, std::span<Operand> arguments) {
            return replace(*cache, frame, arguments);
          },
          Reads::Strings};
}

}  // namespace tripten
