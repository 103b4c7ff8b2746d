#include "rdf/serd_errors.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "base/utf8.h"
#include "rdf/text_token.h"

namespace tripten {
namespace {

/// A run over a text that counts the bytes that serd has taken.
struct Run {
  std::string_view text;
  std::size_t taken = 0;
  std::size_t events = 0;
  std::size_t last_event;  // the one to end at
  SerdPlace place{};
  bool ended = false;

  /// What serd looks at: the last byte that it asked for, or the end.
  std::size_t here() const { return taken > text.size() ? text.size() : taken - (taken > 0); }

  void end() {
    if (!ended) place.at = here();
    ended = true;
  }
  SerdStatus event() {
    if (ended) return SERD_ERR_INTERNAL;
    if (++events == last_event) {
      end();
      return SERD_ERR_INTERNAL;
    }
    place.before = here();
    return SERD_SUCCESS;
  }
};

Run& run_of(void* handle) {
  return *static_cast<Run*>(handle);
}

std::size_t read_byte(void* to, std::size_t, std::size_t, void* handle) {
  Run& run = run_of(handle);
  const std::size_t at = run.taken++;
  *static_cast<char*>(to) = at < run.text.size() ? run.text[at] : '\0';
  return at < run.text.size() ? 1 : 0;
}

int no_stream_error(void*) {
  return 0;
}
SerdStatus on_base(void* handle, const SerdNode*) {
  return run_of(handle).event();
}
SerdStatus on_prefix(void* handle, const SerdNode*, const SerdNode*) {
  return run_of(handle).event();
}
SerdStatus on_statement(void* handle, SerdStatementFlags, const SerdNode*, const SerdNode*,
                        const SerdNode*, const SerdNode*, const SerdNode*, const SerdNode*) {
  return run_of(handle).event();
}
SerdStatus on_error(void* handle, const SerdError*) {
  run_of(handle).end();
  return SERD_SUCCESS;
}

struct Wording {
  std::string_view serd;  // how serd's message begins
  const char* what;
  // Where the place is, seen from what serd looks at: there, at the last byte like this one before
  // it, at the beginning of the word before it (w), or one character before it (c).
  char begin = ' ';
  ErrorCode code = ErrorCode::Syntax;
};

constexpr std::array<Wording, 26> kWordings{{
    {"missing ';' or '.'", "expected ';' or '.', found {}"},
    {"bad verb", "expected a predicate, found {}", 'w'},
    {"missing predicate object list", "expected a predicate, found {}"},
    {"unexpected end of statement", "expected a predicate, found {}", '.'},
    {"expected object", "expected an object, found {}"},
    {"expected prefixed name", "expected an object, found {}", 'w'},
    {"expected: ':', '<', or '_'", "expected an IRI, a blank node or a string, found {}"},
    {"bad subject", "expected a subject, found {}", 'w'},
    {"expected label or subject", "expected the name of a graph, found {}", 'w'},
    {"invalid graph name", "expected a predicate, found {}"},
    {"graph followed by", "expected a statement, found {}"},
    {"invalid directive", "expected @prefix or @base, found {}", '@'},
    {"uppercase directive", "expected @prefix or @base, found {}", '@'},
    {"invalid name start", "expected the label of a blank node, found {}"},
    {"invalid escape", "a name can't hold the escape {}", '\\'},
    {"invalid hexadecimal digit", "expected a hexadecimal digit, found {}"},
    {"invalid character", "a name can't hold {}", 'c'},
    {"expected digit", "expected a number's next digit, found {}"},
    {"bad IRI scheme", "the IRI {} is not absolute", '<', ErrorCode::Invalid},
    {"missing IRI scheme", "the IRI {} is not absolute", '<', ErrorCode::Invalid},
    {"unexpected end of file", "expected ';' or '.', found {}"},
    {"bad literal", "expected a datatype, found {}"},
    {"syntax does not support abbreviation", "expected '.', found {}"},
    {"syntax does not support graphs", "expected a subject, found {}"},
    {"'.' inside blank", "expected ']', found {}"},
    {"syntax does not support long literals", "expected '.', '@' or '^^', found {}"},
}};

std::size_t step_back(std::string_view text, std::size_t at, char begin) {
  at = std::min(at, text.size());
  if (begin == 'w')
    while (at > 0 && is_name_byte(text[at - 1]))
      --at;
  else if (begin == 'c')
    at = code_point_offset(text,
                           std::max<std::size_t>(count_code_points(text.substr(0, at)), 1) - 1);
  else if (begin != ' ')
    at = std::min(text.rfind(begin, at), at);
  return at;
}

/// Whether a statement begins at `offset`: only dots and white space since the event before.
bool is_statement_begin(std::string_view text, std::size_t offset, const SerdPlace& place) {
  const std::size_t before = std::min(place.before, offset);
  return text.substr(before, offset - before).find_first_not_of(". \t\n\r") ==
         std::string_view::npos;
}

/// serd takes a dot where an object should be for the beginning of a number.
bool is_lone_dot(std::string_view text, std::size_t at) {
  return at >= 2 && text[at - 1] == '.' && !is_name_byte(text[at - 2]);
}

}  // namespace

std::string text_of_serd_error(const SerdError& error) {
  std::array<char, 256> buffer{};
  std::va_list arguments;
  va_copy(arguments, *error.args);
  std::vsnprintf(buffer.data(), buffer.size(), error.fmt, arguments);
  va_end(arguments);
  std::string text(buffer.data());
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  return text;
}

SerdPlace locate_serd_error(std::string_view text, SerdSyntax syntax, std::size_t event) {
  Run run{.text = text, .last_event = event};
  const std::unique_ptr<SerdReader, decltype(&serd_reader_free)> reader(
      serd_reader_new(syntax, &run, nullptr, on_base, on_prefix, on_statement, nullptr),
      serd_reader_free);
  serd_reader_set_strict(reader.get(), true);
  serd_reader_set_error_sink(reader.get(), on_error, &run);
  serd_reader_read_source(reader.get(), read_byte, no_stream_error, &run, nullptr, 1);
  run.end();
  return run.place;
}

PlacedError reworded_serd_error(std::string_view text, SerdSyntax syntax,
                                const std::string& message, const SerdPlace& place) {
  // expected `X', not `Y'
  constexpr std::string_view kExpected = "expected `";
  if (message.starts_with(kExpected) && message.size() > kExpected.size())
    return {place.at, ErrorCode::Syntax,
            fmt::format("expected '{}', found {{}}", message[kExpected.size()])};
  const bool has_lists = syntax == SERD_TURTLE || syntax == SERD_TRIG;
  if (message.starts_with("missing ';' or '.'") && !has_lists)
    return {place.at, ErrorCode::Syntax, "expected '.', found {}"};
  if (message == "expected digit" && is_lone_dot(text, place.at))
    return {place.at - 1, ErrorCode::Syntax, "expected an object, found {}"};
  for (const Wording& wording : kWordings) {
    if (!message.starts_with(wording.serd)) continue;
    const std::size_t offset = step_back(text, place.at, wording.begin);
    if (message == "bad verb" && is_statement_begin(text, offset, place))
      return {offset, ErrorCode::Syntax, "expected a subject, found {}"};
    return {offset, wording.code, wording.what};
  }
  const std::string what = message.empty() ? "the statement is wrong here" : message;
  return {place.at, ErrorCode::Syntax, what + ": found {}"};
}

std::size_t offset_of_term(std::string_view text, std::string_view wanted, const SerdPlace& place) {
  std::size_t at = place.before;
  while ((at = text.find(wanted, at)) != std::string_view::npos) {
    if (at == 0 || !is_name_byte(text[at - 1])) return at;
    ++at;
  }
  return place.at;
}

}  // namespace tripten
