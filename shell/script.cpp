#include "shell/script.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tripten::shell {

namespace {

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Reads SPARQL just well enough to know what is string, IRI, comment and bracket.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t position() const { return at_; }
  int line() const { return line_; }
  int depth() const { return depth_; }
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
};

std::string upper(std::string_view word) {
  std::string result(word);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

std::string with_lines_before(std::string_view text, int line) {
  return std::string(static_cast<std::size_t>(line - 1), '\n') + std::string(text);
}

}  // namespace

std::vector<ScriptStatement> split_script(std::string_view script) {
  std::vector<ScriptStatement> statements;
  Scanner scanner(script);
  while (!scanner.at_end()) {
    const std::size_t start = scanner.position();
    const int start_line = scanner.line();
    int first_line = 0;  // of the first word, 0: none yet
    bool ended = false;
    while (!scanner.at_end() && !ended) {
      const char c = scanner.peek();
      if (first_line == 0 && c == '.' && scanner.is_last_on_line(script.size())) {
        const std::size_t from = scanner.position();
        const int line = scanner.line();
        scanner.pass_line();
        std::string_view command = script.substr(from, scanner.position() - from);
        while (!command.empty() && std::isspace(static_cast<unsigned char>(command.back())))
          command.remove_suffix(1);
        statements.push_back({StatementKind::DotCommand, std::string(command), line});
        ended = true;
        first_line = -1;
        break;
      }
      if (c == ';' && scanner.depth() == 0 && scanner.is_last_on_line(scanner.position() + 1)) {
        ended = true;
        break;
      }
      if (first_line == 0 && c != '#' && !std::isspace(static_cast<unsigned char>(c)))
        first_line = scanner.line();
      scanner.pass();
    }
    if (first_line == -1) continue;
    const std::string_view text = script.substr(start, scanner.position() - start);
    if (ended) scanner.pass();  // the `;`
    if (first_line > 0)
      statements.push_back(
          {kind_of_statement(text), with_lines_before(text, start_line), first_line});
  }
  return statements;
}

StatementKind kind_of_statement(std::string_view text) {
  constexpr std::array kUpdates{"INSERT", "DELETE", "LOAD", "CLEAR", "DROP",
                                "CREATE", "ADD",    "MOVE", "COPY",  "WITH"};
  constexpr std::array kQueries{"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"};
  Scanner scanner(text);
  bool prefix_follows = false;
  while (!scanner.at_end()) {
    const char before = scanner.peek();
    const std::string word = upper(scanner.pass());
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
    if (std::find(kUpdates.begin(), kUpdates.end(), word) != kUpdates.end())
      return StatementKind::Update;
    if (std::find(kQueries.begin(), kQueries.end(), word) != kQueries.end())
      return StatementKind::Query;
    return StatementKind::Query;
  }
  return StatementKind::Query;
}

}  // namespace tripten::shell
