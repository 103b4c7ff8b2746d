// The buffer holds the piece that is being cut and what has been read behind it:
//
//   0      begin_       piece_end_    scanned_     checked_      size
//   |passed|last piece    |tokens taken |next tokens |not yet     |
//          |(before next) |             |            |checked     |
//
// A token that the checked bytes do not hold completely is looked at again from its start when
// there are more of them; what is read doubles each time, so a long token costs linear time.
#include "rdf/statement_cutter.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/utf8.h"

namespace tripten {
namespace {

using Kind = TextTokenKind;

/// serd's recursion takes less than a kilobyte of stack for a level.
constexpr std::size_t kDeepest = 1000;
constexpr std::size_t kLongestStatement = std::size_t{128} << 20;
constexpr const char* kExpectedPredicate = "expected a predicate, found {}";
constexpr std::size_t kReadBytes = std::size_t{1} << 16;

const char* expected_close(char open) {
  switch (open) {
    case '(':
      return "expected ')', found {}";
    case '[':
      return "expected ']', found {}";
    default:
      return "expected '}', found {}";
  }
}

bool closes(char open, char close) {
  return (open == '(' && close == ')') || (open == '[' && close == ']') ||
         (open == '{' && close == '}');
}

/// Much faster than std::count where lines are longer than a few bytes.
std::size_t count_line_breaks(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos; ++at)
    ++count;
  return count;
}

bool is_keyword(std::string_view name) {
  const auto is = [name](std::string_view keyword) {
    return std::equal(name.begin(), name.end(), keyword.begin(), keyword.end(),
                      [](char a, char b) { return (a | 0x20) == b; });
  };
  return is("prefix") || is("base") || is("graph");
}

}  // namespace

StatementCutter::StatementCutter(Input& input, Format format, std::size_t piece_bytes,
                                 std::size_t first_line)
    : input_(input),
      format_(format),
      piece_bytes_(piece_bytes),
      line_(first_line) {
  fill();
  if (!buffer_.starts_with("\xEF\xBB\xBF")) return;  // a byte order mark
  begin_ = piece_end_ = scanned_ = 3;
}

bool StatementCutter::next(StatementPiece& piece) {
  pass(piece_end_);
  has_tokens_ = false;
  dots_ = 0;
  for (;;) {
    switch (step()) {
      case Step::More:
        break;
      case Step::Cut:
        emit(piece, scanned_);
        return true;
      case Step::Fault:
        emit(piece, fault_at_);
        return false;
      case Step::End:
        emit(piece, scanned_);
        return has_tokens_;
    }
  }
}

void StatementCutter::fill() {
  const std::size_t passed = begin_;
  buffer_.erase(0, passed);
  for (std::size_t* offset :
       {&checked_, &begin_, &piece_end_, &scanned_, &previous_end_, &graph_begin_})
    *offset -= std::min(*offset, passed);
  for (Edit& edit : edits_)
    edit.offset -= passed;
  if (buffer_.size() >= kLongestStatement)
    throw error_at_byte(begin_, ErrorCode::Limit,
                        fmt::format("the statement that begins here is longer than {} MB",
                                    kLongestStatement >> 20));
  std::size_t size = buffer_.size();
  buffer_.resize(size + std::max(kReadBytes, size));
  while (size < buffer_.size()) {
    const std::size_t got = input_.read(buffer_.data() + size, buffer_.size() - size);
    is_read_ = got == 0;
    if (is_read_) break;
    size += got;
  }
  buffer_.resize(size);
  check_bytes();
}

void StatementCutter::check_bytes() {
  const std::string_view fresh = std::string_view(buffer_).substr(checked_);
  std::size_t good = fresh.size();
  if (const std::size_t bad = find_invalid_utf8(fresh); bad != std::string_view::npos) {
    good = bad;
    // The rest of a character may still come.
    bad_byte_ = is_read_ || incomplete_utf8_tail(fresh) != fresh.size() - bad;
  }
  has_nul_ = has_nul_ || std::memchr(fresh.data(), 0, good) != nullptr;
  checked_ += good;
}

StatementCutter::Step StatementCutter::need_more() {
  if (!bad_byte_) {
    fill();
    return Step::More;
  }
  const auto byte = static_cast<unsigned char>(buffer_[checked_]);
  return fail(checked_, fmt::format("the text is not UTF-8: found the byte {:02X}", byte),
              ErrorCode::Invalid);
}

StatementCutter::Step StatementCutter::step() {
  if (scanned_ == checked_) return is_all() ? end_of_text() : need_more();
  const TextToken token = next_text_token(text(), scanned_, is_all(), lines_count());
  switch (token.kind) {
    case Kind::Unfinished:
      return need_more();
    case Kind::Fault:
      return fail(token.end, token.fault, token.code);
    case Kind::String:
      guard_quotes(token);
      [[fallthrough]];
    case Kind::Comment:
      if (has_nul_) escape_nul(token);
      break;
    default:
      break;
  }
  if (token.kind == Kind::Space || token.kind == Kind::Comment) {
    scanned_ = token.end;
    return Step::More;
  }
  if (token.kind == Kind::Dot && statement_tokens_ == 0)
    return fail(scanned_, "expected a statement, found {}");
  const Step step = lines_count() ? take_in_line(token) : take(token);
  if (step == Step::Fault) return step;
  if (!lines_count()) join_literal(token);
  has_tokens_ = has_tokens_ || token.kind != Kind::LineEnd;
  statement_tokens_ = step == Step::Cut || token.kind == Kind::LineEnd ||
                              (token.kind == Kind::Open && buffer_[scanned_] == '{')
                          ? 0
                          : statement_tokens_ + 1;
  if (token.kind == Kind::Dot) ++dots_;
  previous_ = token.kind;
  previous_end_ = scanned_ = token.end;
  const bool may_cut = step == Step::Cut && (is_long_enough() || scanned_ == checked_);
  // A graph that was cut ends its last piece, whose other statements are not of that graph.
  const bool must_cut = starts_in_graph_ && open_.empty();
  return may_cut || must_cut ? Step::Cut : Step::More;
}

StatementCutter::Step StatementCutter::take(const TextToken& token) {
  switch (token.kind) {
    case Kind::Open:
      return take_open(token);
    case Kind::Close:
      return take_close();
    case Kind::Dot:
      return take_dot();
    case Kind::At:
      return take_at();
    case Kind::Name:
      return take_name(token);
    case Kind::Label:
      guard_label();
      return Step::More;
    default:
      return Step::More;
  }
}

StatementCutter::Step StatementCutter::take_in_line(const TextToken& token) {
  if (token.kind == Kind::LineEnd) {
    if (previous_ != Kind::Dot && previous_ != Kind::LineEnd)
      return fail(scanned_, "expected '.', found {}");
    return Step::Cut;
  }
  if (previous_ == Kind::Dot) return fail(scanned_, "expected a line break behind '.', found {}");
  switch (token.kind) {
    case Kind::Iri:
    case Kind::Label:
    case Kind::Carets:
    case Kind::Dot:
      return Step::More;
    case Kind::String:
      if (buffer_[scanned_] == '"') return Step::More;
      break;
    case Kind::At:
      if (previous_ == Kind::String) return Step::More;
      break;
    default:
      break;
  }
  return fail(scanned_, "expected an IRI in <>, a blank node _: or a string in \"\", found {}");
}

StatementCutter::Step StatementCutter::take_open(const TextToken& token) {
  if (open_.size() == kDeepest)
    return fail(scanned_, fmt::format("brackets are nested more than {} deep", kDeepest),
                ErrorCode::Limit);
  const char bracket = buffer_[scanned_];
  if (bracket == '{') {
    if (format_ != Format::TriG) return fail(scanned_, "Turtle has no graphs (TriG has): found {}");
    if (!open_.empty()) return fail(scanned_, "a graph can't stand inside brackets: found {}");
    graph_begin_ = token.end;
  }
  open_ += bracket;
  return Step::More;
}

StatementCutter::Step StatementCutter::take_close() {
  const char bracket = buffer_[scanned_];
  if (bracket == '}' && is_lone_node()) return fail(scanned_, kExpectedPredicate);
  if (open_.empty()) return fail(scanned_, "a bracket closes that was never opened: {}");
  if (!closes(open_.back(), bracket)) return fail(scanned_, expected_close(open_.back()));
  open_.pop_back();
  previous_bracket_ = bracket;
  if (bracket != '}') return Step::More;
  if (starts_in_graph_) {  // the opening brace is in a piece that has gone
    const bool is_closed = previous_ == Kind::Dot || previous_ == Kind::Open;
    buffer_[scanned_] = is_closed ? ' ' : '.';
    if (!is_closed) guard_number();
  }
  return Step::Cut;
}

StatementCutter::Step StatementCutter::take_dot() {
  if (is_lone_node()) return fail(scanned_, kExpectedPredicate);
  guard_number();
  if (open_.empty() || open_ == "{") return Step::Cut;
  return fail(scanned_, expected_close(open_.back()));
}

StatementCutter::Step StatementCutter::take_at() {
  if (previous_ != Kind::String && !open_.empty())
    return fail(scanned_, "expected a term or a bracket, found {}");
  return Step::More;
}

StatementCutter::Step StatementCutter::take_name(const TextToken& token) {
  if (!open_.empty() && is_keyword(text().substr(scanned_, token.end - scanned_)))
    return fail(scanned_, "expected a term or a bracket, found {}");
  return Step::More;
}

StatementCutter::Step StatementCutter::end_of_text() {
  if (lines_count() && previous_ != Kind::Dot && previous_ != Kind::LineEnd)
    return fail(scanned_, "expected '.', found {}");
  if (!open_.empty()) return fail(scanned_, expected_close(open_.back()));
  return Step::End;
}

StatementCutter::Step StatementCutter::fail(std::size_t at, const std::string& what,
                                            ErrorCode code) {
  fault_at_ = at;
  fault_ = error_at_byte(at, code, what);
  return Step::Fault;
}

/// serd loses the datatype of a number that a dot follows at once.
void StatementCutter::guard_number() {
  if (previous_ == Kind::Number) edits_.push_back({scanned_, 0, " "});
}

void StatementCutter::guard_label() {
  const std::size_t begin = scanned_ + 2;  // behind _:
  const char first = begin < checked_ ? buffer_[begin] : ' ';
  const char second = begin + 1 < checked_ ? buffer_[begin + 1] : ' ';
  const bool looks_generated = (first == 'b' || first == 'B') && second >= '0' && second <= '9';
  if (looks_generated || first == kLabelGuard.front()) edits_.push_back({begin, 0, kLabelGuard});
}

/// Turtle allows white space inside of a literal ("x" @en, "1" ^^ xsd:int), serd does not.
void StatementCutter::join_literal(const TextToken& token) {
  const bool is_qualifier =
      previous_ == Kind::String && (token.kind == Kind::At || token.kind == Kind::Carets);
  const bool is_datatype =
      previous_ == Kind::Carets && (token.kind == Kind::Iri || token.kind == Kind::Name);
  if (scanned_ == previous_end_ || !(is_qualifier || is_datatype)) return;
  while (!edits_.empty() && edits_.back().offset >= previous_end_)
    edits_.pop_back();  // of a comment that goes
  edits_.push_back({previous_end_, scanned_ - previous_end_, ""});
}

/// In a string in three quotes, serd takes a backslash behind a single quote for itself: "\n there
/// would not be a line break. With the quote escaped, too, it is.
void StatementCutter::guard_quotes(const TextToken& token) {
  const char quote = buffer_[scanned_];
  constexpr std::size_t kQuotes = 3;
  if (token.end - scanned_ < 2 * kQuotes || buffer_[scanned_ + 1] != quote) return;
  const std::size_t end = token.end - kQuotes;
  for (std::size_t at = scanned_ + kQuotes; at < end; ++at) {
    if (buffer_[at] == '\\') {
      ++at;
    } else if (buffer_[at] == quote && at + 1 < end) {
      if (buffer_[at + 1] == '\\') edits_.push_back({at, 0, "\\"});
      if (buffer_[at + 1] == quote) ++at;
    }
  }
}

/// A raw NUL may stand in a string and in a comment, but ends a text for serd.
void StatementCutter::escape_nul(const TextToken& token) {
  for (std::size_t at = scanned_; (at = buffer_.find('\0', at)) < token.end; ++at)
    edits_.push_back({at, 1, "\\u0000"});
  std::sort(edits_.begin(), edits_.end(),
            [](const Edit& a, const Edit& b) { return a.offset < b.offset; });
}

void StatementCutter::emit(StatementPiece& piece, std::size_t end) {
  piece_end_ = end;
  piece.text.clear();
  piece.graph_begin = graph_begin_ - std::min(graph_begin_, begin_);
  std::size_t copied = begin_;
  for (const Edit& edit : edits_) {
    piece.text.append(buffer_, copied, edit.offset - copied) += edit.text;
    copied = edit.offset + edit.removed;
    if (edit.offset < graph_begin_)
      piece.graph_begin = piece.graph_begin + edit.text.size() - edit.removed;
  }
  piece.text.append(buffer_, copied, end - copied);
  piece.starts_in_graph = starts_in_graph_;
  piece.dots = dots_;
  piece.ends_in_graph = is_in_graph();
  if (piece.ends_in_graph && !starts_in_graph_ && !fault_) piece.text += '}';
}

/// Everything before `to` is done with; what follows is the next piece.
void StatementCutter::pass(std::size_t to) {
  const std::string_view passed = std::string_view(buffer_).substr(begin_, to - begin_);
  const std::size_t last_break = passed.rfind('\n');
  if (last_break != std::string_view::npos) {
    line_ += count_line_breaks(passed);
    column_ = 1;
  }
  column_ += count_code_points(
      last_break == std::string_view::npos ? passed : passed.substr(last_break + 1));
  begin_ = piece_end_ = to;
  edits_.clear();
  starts_in_graph_ = is_in_graph();
}

/// Where the statement with a fault ends, as far as one can tell when its tokens make no sense:
/// behind a dot at a line's end, or before a line that closes the graph. npos: further on.
std::size_t StatementCutter::statement_end_from(std::size_t at) const {
  if (lines_count()) return buffer_.find('\n', at);
  for (std::size_t i = at; i < buffer_.size(); ++i) {
    const bool line_begins = i == 0 || buffer_[i - 1] == '\n';
    const std::size_t next =
        std::min(buffer_.find_first_not_of(" \t\r", i + (line_begins ? 0 : 1)), buffer_.size());
    if (line_begins && is_in_graph() && next < buffer_.size() && buffer_[next] == '}') return i;
    if (buffer_[i] != '.') continue;
    const std::size_t behind = std::min(buffer_.find_first_not_of(" \t\r", i + 1), buffer_.size());
    if (behind == buffer_.size() ? is_read_ : buffer_[behind] == '\n') return i + 1;
  }
  return std::string::npos;
}

void StatementCutter::skip_fault() {
  open_.resize(is_in_graph() ? 1 : 0);
  pass(fault_at_);
  std::size_t end;
  while ((end = statement_end_from(begin_)) == std::string::npos) {
    if (is_read_) {
      end = buffer_.size();
      open_.clear();  // what is open here stays so
      break;
    }
    // Keep the last line: the dot at its end may be the one that counts.
    const std::size_t line = buffer_.rfind('\n');
    if (line != std::string::npos && line > begin_) pass(line);
    checked_ = buffer_.size();  // bytes that are skipped need not be UTF-8
    fill();
  }
  pass(end);
  fault_.reset();
  bad_byte_ = false;
  checked_ = scanned_ = begin_;
  previous_ = lines_count() ? Kind::LineEnd : Kind::Dot;
  statement_tokens_ = 0;
  check_bytes();
}

Error StatementCutter::error_at(std::size_t offset_in_piece, ErrorCode code,
                                const std::string& what) const {
  std::size_t offset = begin_ + offset_in_piece;
  for (const Edit& edit : edits_) {
    if (offset <= edit.offset) break;
    // Behind the edit what it added goes and what it removed comes back.
    offset = std::max(edit.offset + edit.text.size(), offset) - edit.text.size() + edit.removed;
  }
  return error_at_byte(std::min(offset, piece_end_), code, what);
}

Error StatementCutter::error_at_byte(std::size_t offset, ErrorCode code,
                                     const std::string& what) const {
  const std::string_view before = std::string_view(buffer_).substr(begin_, offset - begin_);
  const std::size_t breaks = count_line_breaks(before);
  const std::size_t line_begin = before.rfind('\n') + 1;  // 0 where there is no break
  const std::size_t column =
      count_code_points(before.substr(line_begin)) + (breaks == 0 ? column_ : 1);
  const std::size_t line = line_ + breaks;
  std::string message = what;
  if (const std::size_t found = message.find("{}"); found != std::string::npos)
    message.replace(found, 2, describe_found(buffer_, offset));
  return {code, fmt::format("{}, line {}, column {}: {}", input_.name(), line, column, message),
          Position(static_cast<int>(line), static_cast<int>(column))};
}

}  // namespace tripten
