#include "rdf/line_reader.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/utf8.h"
#include "rdf/blank_label.h"
#include "rdf/byte_class.h"
#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

/// One line. Each function takes one thing at `at_` and answers whether it stands there, written in
/// a way that this reader knows.
class Line {
 public:
  explicit Line(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  bool is_done() const { return at_ == end_; }
  char here() const { return is_done() ? '\0' : *at_; }
  void skip_blanks() {
    while (!is_done() && (*at_ == ' ' || *at_ == '\t'))
      ++at_;
  }

  bool take_iri(std::string_view& iri) {
    if (here() != '<') return false;
    const char* const begin = ++at_;
    while (!is_done() && !is(*at_, kNotInIri))
      ++at_;
    iri = {begin, static_cast<std::size_t>(at_ - begin)};
    if (here() != '>' || !is_absolute_iri(iri)) return false;
    ++at_;
    return true;
  }

  bool take_label(TermView& term, std::string& scratch) {
    if (end_ - at_ < 3 || at_[0] != '_' || at_[1] != ':') return false;
    const char* const begin = at_ += 2;
    while (!is_done() && (is(*at_, kLetter | kDigit) || *at_ == '_'))
      ++at_;
    // What follows in other labels: a dot, a hyphen, a colon, letters of any script.
    if (at_ == begin || (here() != ' ' && here() != '\t')) return false;
    const std::string_view label(begin, static_cast<std::size_t>(at_ - begin));
    term = {.kind = TermKind::Blank, .value = written_label(label, scratch)};
    return true;
  }

  bool take_literal(TermView& term, std::string& scratch) {
    term = {.kind = TermKind::Literal};
    if (!take_string(term.value, scratch)) return false;
    if (here() == '@') return take_language(term.language);
    if (here() != '^') return true;
    if (end_ - at_ < 2 || at_[1] != '^') return false;
    at_ += 2;
    if (!take_iri(term.datatype)) return false;
    if (term.datatype == kXsdString) term.datatype = {};
    return true;
  }

  /// An IRI or a blank node.
  bool take_node(TermView& term, std::string& scratch) {
    if (here() == '_') return take_label(term, scratch);
    term = {.kind = TermKind::Iri};
    return take_iri(term.value);
  }

  bool take_end() {
    skip_blanks();
    if (here() != '.') return false;
    ++at_;
    skip_blanks();
    return is_done();
  }

 private:
  bool take_string(std::string_view& value, std::string& scratch) {
    const char* begin = ++at_;
    scratch.clear();
    for (;;) {
      while (!is_done() && !is(*at_, kEndsQuoted))
        ++at_;
      if (is_done() || *at_ == '\n' || *at_ == '\r') return false;
      const std::string_view plain(begin, static_cast<std::size_t>(at_ - begin));
      if (*at_ == '"') {
        value = scratch.empty() && !is_escaped_ ? plain : std::string_view(scratch.append(plain));
        is_escaped_ = false;
        ++at_;
        return true;
      }
      scratch.append(plain);
      is_escaped_ = true;
      if (!take_escape(scratch)) return false;
      begin = at_;
    }
  }

  /// ECHAR or UCHAR of the grammar.
  bool take_escape(std::string& out) {
    if (end_ - at_ < 2) return false;
    const char c = at_[1];
    at_ += 2;
    if (c == 'u' || c == 'U') return take_code_point(c == 'u' ? 4 : 8, out);
    constexpr std::string_view kEscapes = "tbnrf\"'\\", kMeanings = "\t\b\n\r\f\"'\\";
    const std::size_t which = kEscapes.find(c);
    if (which == std::string_view::npos) return false;
    out += kMeanings[which];
    return true;
  }

  bool take_code_point(int digits, std::string& out) {
    if (end_ - at_ < digits) return false;
    char32_t code_point = 0;
    for (int i = 0; i < digits; ++i, ++at_) {
      const int value = hex_value(*at_);
      if (value < 0) return false;
      code_point = (code_point << 4) | static_cast<char32_t>(value);
    }
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) return false;
    append_utf8(code_point, out);
    return true;
  }

  bool take_language(std::string_view& tag) {
    const char* const begin = ++at_;
    while (!is_done() && is(*at_, kLetter))
      ++at_;
    if (at_ == begin) return false;
    while (here() == '-') {
      const char* const part = ++at_;
      while (!is_done() && is(*at_, kLetter | kDigit))
        ++at_;
      if (at_ == part) return false;
    }
    tag = {begin, static_cast<std::size_t>(at_ - begin)};
    return true;
  }

  const char* at_;
  const char* end_;
  bool is_escaped_ = false;  // the string at hand
};

}  // namespace

LineReader::LineReader(Format format, std::string_view text)
    : has_graphs_(format == Format::NQuads),
      text_(text) {
  find_valid_end();
}

void LineReader::find_valid_end() {
  const std::string_view rest = text_.substr(at_);
  valid_end_ = at_ + std::min(find_invalid_utf8(rest), rest.size());
}

bool LineReader::read(StatementSink& sink) {
  while (at_ < text_.size()) {
    const char* const begin = text_.data() + at_;
    const auto* const found =
        static_cast<const char*>(std::memchr(begin, '\n', text_.size() - at_));
    std::size_t size = found ? static_cast<std::size_t>(found - begin) : text_.size() - at_;
    if (at_ + size > valid_end_ || !take_line({begin, size}, sink)) return false;
    at_ += size + (found ? 1 : 0);
    lines_ += found ? 1 : 0;
  }
  return true;
}

std::string_view LineReader::pass_line() {
  const std::string_view rest = text_.substr(at_);
  const std::string_view line = rest.substr(0, rest.find('\n') + 1);
  at_ += line.empty() ? rest.size() : line.size();
  if (!line.empty()) ++lines_;
  if (at_ > valid_end_) find_valid_end();
  return line.empty() ? rest : line;
}

bool LineReader::take_line(std::string_view text, StatementSink& sink) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  Line line(text);
  line.skip_blanks();
  if (line.is_done()) return true;
  if (line.here() == '#') return text.find('\r') == std::string_view::npos;
  Statement statement;
  if (!line.take_node(statement.subject, unescaped_[0])) return false;
  line.skip_blanks();
  statement.predicate.kind = TermKind::Iri;
  if (!line.take_iri(statement.predicate.value)) return false;
  line.skip_blanks();
  const bool is_literal = line.here() == '"';
  if (!(is_literal ? line.take_literal(statement.object, unescaped_[2])
                   : line.take_node(statement.object, unescaped_[2])))
    return false;
  line.skip_blanks();
  if (has_graphs_ && line.here() != '.' && !line.take_node(statement.graph, unescaped_[3]))
    return false;
  if (!line.take_end()) return false;
  sink.add(statement);
  return true;
}

}  // namespace tripten
