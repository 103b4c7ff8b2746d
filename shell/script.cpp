#include "shell/script.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "shell/dot_commands.h"
#include "shell/letter_case.h"

namespace tripten::shell {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Reads SPARQL just well enough to know what is string, IRI, comment and bracket.
class Scanner {
 public:
  explicit Scanner(std::string_view text, int depth = 0) : text_(text), depth_(depth) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t position() const { return at_; }
  int line() const { return line_; }
  int depth() const { return depth_; }
  /// Of a long string that the text ends in; 0 where it doesn't.
  char open_quote() const { return open_quote_; }
  /// Brackets that are open where a text ended are none of the next one.
  void forget_depth() { depth_ = 0; }
  char peek() const { return at_end() ? '\0' : text_[at_]; }

  /// Passes over one string, IRI, comment, word, bracket or other character; a word is returned.
  std::string_view pass() {
    const std::size_t start = at_;
    const char c = text_[at_];
    if (c == '#') {
      while (!at_end() && text_[at_] != '\n')
        ++at_;
      return {};
    }
    if (c == '"' || c == '\'') return pass_string(c), std::string_view();
    if (c == '<' && pass_iri()) return {};
    if (c == '\\' && at_ + 1 < text_.size()) advance();
    if (is_word_character(c)) {
      while (!at_end() && is_word_character(text_[at_]))
        ++at_;
      return text_.substr(start, at_ - start);
    }
    if (c == '{' || c == '(' || c == '[') ++depth_;
    if (c == '}' || c == ')' || c == ']') depth_ = std::max(0, depth_ - 1);
    advance();
    return {};
  }

  /// Whether nothing but blanks and a comment is left on the line after `from`.
  bool is_last_on_line(std::size_t from) const {
    while (from < text_.size() &&
           (text_[from] == ' ' || text_[from] == '\t' || text_[from] == '\r'))
      ++from;
    return from >= text_.size() || text_[from] == '\n' || text_[from] == '#';
  }

  /// To the end of the line, the line break included.
  void pass_line() {
    while (!at_end() && text_[at_] != '\n')
      ++at_;
    if (!at_end()) advance();
  }

 private:
  void advance() {
    if (text_[at_] == '\n') ++line_;
    ++at_;
  }

  void pass_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = text_.substr(at_).starts_with(three);
    at_ += is_long ? 3 : 1;
    while (!at_end()) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        advance();
      } else if (is_long ? text_.substr(at_).starts_with(three) : text_[at_] == quote) {
        at_ += is_long ? 3 : 1;
        return;
      } else if (!is_long && text_[at_] == '\n') {
        return;  // an unclosed string ends with its line
      } else {
        advance();
      }
    }
    if (is_long) open_quote_ = quote;
  }

  /// `<` begins an IRI where a `>` comes before any character that IRIs can't hold.
  bool pass_iri() {
    for (std::size_t end = at_ + 1; end < text_.size(); ++end) {
      const char c = text_[end];
      if (c == '>') {
        at_ = end + 1;
        return true;
      }
      if (static_cast<unsigned char>(c) <= 0x20 ||
          std::string_view("<\"{}|^`").find(c) != std::string_view::npos)
        return false;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int depth_ = 0;
  char open_quote_ = 0;
};

std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, text.find('\n', begin) - begin);
}

/// Whether a line is `# param: ...`.
bool declares_parameter(std::string_view line) {
  std::size_t at = 0;
  const auto pass_blanks = [&] {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t'))
      ++at;
  };
  pass_blanks();
  if (at >= line.size() || line[at] != '#') return false;
  ++at;
  pass_blanks();
  return line.substr(at).starts_with("param:");
}

/// Cuts a piece of a script.
class Splitter {
 public:
  /// Whose first line has a number. What the piece declares is added to `declarations`.
  Splitter(std::string_view script, int first_line, std::vector<std::string>& declarations)
      : script_(script),
        scanner_(script),
        first_line_(first_line),
        declarations_(declarations) {}

  std::vector<ScriptStatement> split() {
    while (!scanner_.at_end())
      take_one();
    return std::move(statements_);
  }

  /// Of what comes after the piece.
  int next_line() const { return line(); }

 private:
  int line() const { return first_line_ + scanner_.line() - 1; }

  void take_one() {
    const std::size_t start = scanner_.position();
    const int start_line = line();
    const std::size_t declared = declarations_.size();
    while (!scanner_.at_end() && (is_blank(scanner_.peek()) || scanner_.peek() == '#')) {
      if (scanner_.peek() == '#') note_comment();
      scanner_.pass();
    }
    if (scanner_.at_end()) return;
    const int line_of_word = line();
    if (scanner_.peek() == '.') return take_dot_command();
    while (!scanner_.at_end() && !at_terminator()) {
      if (scanner_.peek() == '#') note_comment();
      scanner_.pass();
    }
    const std::string_view text = script_.substr(start, scanner_.position() - start);
    const bool is_ended = !scanner_.at_end();
    if (is_ended) scanner_.pass();  // the `;`
    if (text.find_first_not_of(kBlanks) == std::string_view::npos) return;
    add(kind_of_statement(text), text, start_line, declared);
    statements_.back().line = line_of_word;
    statements_.back().is_ended = is_ended;
  }

  /// To the end of its line; one with a statement goes on while brackets are open.
  void take_dot_command() {
    const std::size_t start = scanner_.position();
    const int start_line = line();
    const std::string_view first = line_at(script_, start);
    bool is_ended = true;
    if (takes_statement(first.substr(0, first.find_first_of(kBlanks)))) {
      while (!scanner_.at_end() && (scanner_.peek() != '\n' || scanner_.depth() > 0))
        scanner_.pass();
      is_ended = scanner_.depth() == 0;
      scanner_.forget_depth();
    }
    std::size_t end = std::max(scanner_.position(), start + first.size());
    scanner_.pass_line();
    while (end > start && is_blank(script_[end - 1]))
      --end;
    if (end > start && script_[end - 1] == ';') --end;
    add(StatementKind::DotCommand, script_.substr(start, end - start), start_line,
        declarations_.size());
    statements_.back().is_ended = is_ended;
  }

  /// A statement whose text begins at a line, after the first `declared` declarations.
  void add(StatementKind kind, std::string_view text, int line, std::size_t declared) {
    ScriptStatement statement{.kind = kind, .text{}, .line = line, .first_line = line};
    if (text.find("{{") != std::string_view::npos) {
      // Each stood on a line before this one.
      for (std::size_t i = 0; i < declared; ++i)
        statement.text += declarations_[i] + '\n';
      statement.first_line -= static_cast<int>(declared);
    }
    statement.text += text;
    statements_.push_back(std::move(statement));
  }

  bool at_terminator() const {
    return scanner_.peek() == ';' && scanner_.depth() == 0 &&
           scanner_.is_last_on_line(scanner_.position() + 1);
  }

  /// Parameters that a script declares are those of all statements after it.
  void note_comment() {
    const std::string_view comment = line_at(script_, scanner_.position());
    if (declares_parameter(comment)) declarations_.emplace_back(comment);
  }

  std::string_view script_;
  Scanner scanner_;
  int first_line_;
  std::vector<std::string>& declarations_;
  std::vector<ScriptStatement> statements_{};
};

}  // namespace

void StatementLines::take(std::string_view line) {
  std::size_t at = 0;
  if (quote_) {
    const std::string three(3, quote_);
    while (at < line.size() && !line.substr(at).starts_with(three))
      at += line[at] == '\\' ? 2 : 1;
    if (at >= line.size()) return;
    at += three.size();
    quote_ = 0;
  }
  Scanner scanner(line.substr(at), depth_);
  while (!scanner.at_end()) {
    const char c = scanner.peek();
    if (!has_begun_ && !is_blank(c) && c != '#') {
      has_begun_ = true;
      is_dot_command_ = c == '.';
      const std::string_view command = line.substr(at + scanner.position());
      goes_on_ = takes_statement(command.substr(0, command.find_first_of(kBlanks)));
    }
    ends_ = c == ';' && scanner.depth() == 0 && scanner.is_last_on_line(scanner.position() + 1);
    if (ends_) return;
    scanner.pass();
  }
  depth_ = scanner.depth();
  quote_ = scanner.open_quote();
  ends_ = is_dot_command_ && (!goes_on_ || depth_ == 0);
}

bool takes_statement(std::string_view dot_command) {
  const DotCommand* const command = find_dot_command(dot_command);
  return command && command->argument == DotArgument::Statement;
}

std::vector<ScriptStatement> ScriptSplitter::take(std::string_view lines) {
  Splitter splitter(lines, line_, declarations_);
  std::vector<ScriptStatement> statements = splitter.split();
  line_ = splitter.next_line();
  return statements;
}

std::vector<ScriptStatement> split_script(std::string_view script) {
  return ScriptSplitter().take(script);
}

StatementKind kind_of_statement(std::string_view text) {
  constexpr std::array kUpdates{"INSERT", "DELETE", "LOAD", "CLEAR", "DROP",
                                "CREATE", "ADD",    "MOVE", "COPY",  "WITH"};
  Scanner scanner(text);
  bool prefix_follows = false;
  while (!scanner.at_end()) {
    const char before = scanner.peek();
    const std::string word = to_upper(scanner.pass());
    if (word.empty()) {
      if (before == ':') prefix_follows = false;
      continue;
    }
    if (prefix_follows) continue;
    if (word == "PREFIX") {
      prefix_follows = true;
      continue;
    }
    if (word == "BASE") continue;
    return std::find(kUpdates.begin(), kUpdates.end(), word) != kUpdates.end()
               ? StatementKind::Update
               : StatementKind::Query;
  }
  return StatementKind::Query;
}

}  // namespace tripten::shell
