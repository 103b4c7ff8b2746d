#include "script_runner/script.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

namespace tripten {

namespace {

std::optional<BlockKind> kind_named(const std::string& word) {
  if (word == "data") return BlockKind::Data;
  if (word == "query" || word == "run") return BlockKind::Query;
  if (word == "update") return BlockKind::Update;
  if (word == "options") return BlockKind::Options;
  return std::nullopt;
}

Block begin_block(int line, const std::string& text) {
  std::istringstream in(text);
  std::string word;
  in >> word;
  const std::optional<BlockKind> kind = kind_named(word);
  if (!kind) throw ScriptError(line, "'" + word + "' begins no block");
  Block block;
  block.kind = *kind;
  block.line = line;
  while (in >> word)
    block.words.push_back(word);
  return block;
}

void check_words(const Block& block) {
  if (block.kind == BlockKind::Options) return;
  for (const std::string& word : block.words) {
    const bool is_query_word = word == "ordered" || word == "unordered" || word == "graph";
    const bool known = word == "error" || word == "fails" ||
                       (block.kind == BlockKind::Query && is_query_word) ||
                       block.kind == BlockKind::Data;
    if (!known) throw ScriptError(block.line, "'" + word + "' says nothing about this block");
  }
  if (block.kind == BlockKind::Query && !block.has_expectation)
    throw ScriptError(block.line, "the query expects nothing: ---- is missing");
  if (block.says("error") && block.expected.empty())
    throw ScriptError(block.line, "the error that is expected is not named");
}

void end_body(Block& block, const std::string& folder) {
  while (!block.body.empty() && block.body.back() == '\n')
    block.body.pop_back();
  static constexpr std::string_view kHere = "file:///HERE/";
  for (std::size_t at = 0; (at = block.body.find(kHere, at)) != std::string::npos;)
    block.body.replace(at, kHere.size(), folder);
}

class ScriptReader {
 public:
  explicit ScriptReader(const std::filesystem::path& path) : in_(path) {
    script_.path = path;
    if (!in_) throw ScriptError(1, "the file cannot be read");
  }

  Script read() {
    std::string text;
    for (int number = 1; std::getline(in_, text); ++number)
      add_line(number, text);
    const auto folder = std::filesystem::absolute(script_.path).parent_path();
    for (Block& block : script_.blocks) {
      end_body(block, "file://" + folder.string() + '/');
      check_words(block);
    }
    return std::move(script_);
  }

 private:
  void add_line(int number, const std::string& text) {
    if (text.starts_with('#')) return;
    const bool is_empty = text.find_first_not_of(' ') == std::string::npos;
    if (!is_empty && !text.starts_with("  ")) {
      if (text == "----") return begin_expectation(number);
      script_.blocks.push_back(begin_block(number, text));
      return;
    }
    if (script_.blocks.empty()) {
      if (is_empty) return;
      throw ScriptError(number, "the text belongs to no block");
    }
    Block& block = script_.blocks.back();
    const std::string body = is_empty ? "" : text.substr(2);
    if (!block.has_expectation)
      block.body += body + '\n';
    else if (!is_empty)
      block.expected.push_back({number, body});
  }

  void begin_expectation(int number) {
    if (script_.blocks.empty() || script_.blocks.back().has_expectation)
      throw ScriptError(number, "---- follows no query");
    script_.blocks.back().has_expectation = true;
  }

  std::ifstream in_;
  Script script_{};
};

}  // namespace

bool Block::says(const std::string& word) const {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Script read_script(const std::filesystem::path& path) {
  return ScriptReader(path).read();
}

}  // namespace tripten
