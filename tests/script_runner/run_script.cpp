#include "script_runner/run_script.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include <unistd.h>

#include "script_runner/row_matching.h"

namespace tripten {

namespace {

const char* name_of_code(ErrorCode code) {
  static constexpr const char* kNames[] = {"Syntax", "Invalid",   "NotFound", "Io",      "Corrupt",
                                           "Busy",   "Cancelled", "Limit",    "Internal"};
  return kNames[static_cast<int>(code)];
}

std::string describe(const Error& error) {
  std::string text = name_of_code(error.code);
  if (error.position)
    text +=
        ' ' + std::to_string(error.position->first) + ':' + std::to_string(error.position->second);
  return text + " \"" + error.what() + '"';
}

/// `Syntax 1:12 "a part of the message"`; the place and the text only where they are given.
std::string error_difference(const std::string& expected, const Error& error) {
  std::istringstream in(expected);
  std::string code, rest;
  in >> code >> std::ws;
  bool agrees = code == name_of_code(error.code);
  if (std::isdigit(in.peek())) {
    int line = 0, column = 0;
    char colon = 0;
    in >> line >> colon >> column >> std::ws;
    agrees = agrees && error.position == Position(line, column);
  }
  std::getline(in, rest);
  if (rest.size() > 1 && rest.front() == '"' && rest.back() == '"')
    agrees = agrees && std::string_view(error.what()).find(rest.substr(1, rest.size() - 2)) !=
                           std::string_view::npos;
  if (agrees) return {};
  return "      - " + expected + "\n      + " + describe(error) + '\n';
}

std::vector<AnsweredRow> rows_of(Result& result) {
  std::vector<AnsweredRow> rows;
  for (const Row& row : result) {
    AnsweredRow copy;
    for (std::size_t i = 0; i < row.size(); ++i)
      copy.push_back(row[i]);
    rows.push_back(std::move(copy));
  }
  return rows;
}

std::vector<AnsweredRow> distinct(std::vector<AnsweredRow> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

/// A file that goes with the load.
class DataFile {
 public:
  DataFile(const std::string& body, Format format)
      : path_(std::filesystem::temp_directory_path() /
              ("tripten-script-" + std::to_string(getpid()) + '.' + std::string(name_of(format)))) {
    std::ofstream(path_, std::ios::binary) << body << '\n';
  }
  ~DataFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class ScriptRun {
 public:
  explicit ScriptRun(const Setting& setting)
      : setting_(setting),
        db_(Database::in_memory(setting.open)) {}

  std::vector<CheckResult> run(const Script& script) {
    std::vector<CheckResult> results;
    for (const Block& block : script.blocks) {
      if (block.kind == BlockKind::Options) {
        set_option(block);
        continue;
      }
      std::string failure;
      bool stop = false;
      try {
        failure = check(block);
      } catch (const ScriptError& error) {
        failure = "line " + std::to_string(error.line) + ": " + error.what() + '\n';
      } catch (const Error& error) {
        failure = "failed: " + describe(error) + '\n';
        stop = block.kind != BlockKind::Query;
      }
      if (block.says("fails"))
        failure = failure.empty() ? "the check passes, and should not\n" : "";
      if (block.has_expectation || !failure.empty()) results.push_back({block.line, failure});
      if (stop) break;
    }
    return results;
  }

 private:
  void set_option(const Block& block) {
    const std::string name = block.words.empty() ? "" : block.words[0];
    auto word = [&](std::size_t i) { return i < block.words.size() ? block.words[i] : ""; };
    if (name == "none") {
      base_.clear();
      strict_ = false;
      parameters_.clear();
    } else if (name == "base") {
      base_ = word(1).substr(1, word(1).size() - 2);
    } else if (name == "strict") {
      strict_ = true;
    } else if (name == "param") {
      parameters_.emplace_back(word(1), word(2));
    } else {
      throw ScriptError(block.line, "no option is named '" + name + "'");
    }
  }

  QueryOptions options() const {
    QueryOptions options = setting_.query;
    options.base = base_;
    options.strict = strict_;
    for (const auto& [name, value] : parameters_)
      options.parameters.emplace_back(name, value);
    return options;
  }

  std::string check(const Block& block) {
    collect_prefixes(block.body, prefixes_);
    try {
      std::string failure = block.kind == BlockKind::Data     ? load(block)
                            : block.kind == BlockKind::Update ? update(block)
                                                              : query(block);
      if (!block.says("error")) return failure;
    } catch (const Error& error) {
      if (!block.says("error")) throw;
      const std::string difference = error_difference(block.expected[0].text, error);
      return difference.empty() ? "" : "another error\n" + difference;
    }
    return "no error; expected " + block.expected[0].text + '\n';
  }

  std::string load(const Block& block) {
    Format format = Format::Turtle;
    Term graph;
    for (std::size_t i = 0; i < block.words.size(); ++i) {
      const std::string& word = block.words[i];
      if (word == "graph" && i + 1 < block.words.size()) {
        const std::string& iri = block.words[++i];
        graph = Term::iri(iri.substr(1, iri.size() - 2));
      } else if (auto named = format_named(word)) {
        format = *named;
      } else if (word != "error" && word != "fails") {
        throw ScriptError(block.line, "no format is named '" + word + "'");
      }
    }
    if (!graph && !setting_.through_files) {
      db_.load_text(block.body + '\n', format, base_);
      return {};
    }
    const DataFile file(block.body, format);
    LoadOptions options;
    options.format = format;
    options.graph = graph;
    options.base = base_;
    db_.load({file.path()}, options);
    return {};
  }

  std::string update(const Block& block) {
    const Changes changes = db_.update(block.body, options());
    if (!block.has_expectation || block.expected.empty() || block.says("error")) return {};
    const std::string counts = std::to_string(changes.inserted) + " inserted, " +
                               std::to_string(changes.deleted) + " deleted";
    if (counts == block.expected[0].text) return {};
    return "other counts\n      - " + block.expected[0].text + "\n      + " + counts + '\n';
  }

  std::string query(const Block& block) {
    Result result = db_.query(block.body, options());
    const std::vector<AnsweredRow> answered = rows_of(result);
    if (block.says("error")) return {};
    if (result.is_graph()) return graph_difference(block, answered);
    if (block.says("graph")) return "the query does not answer with a graph\n";
    if (result.is_boolean()) return boolean_difference(block, answered);
    return table_difference(block, result.columns(), answered);
  }

  std::string boolean_difference(const Block& block, const std::vector<AnsweredRow>& answered) {
    if (block.expected.size() != 1) return "ASK expects one line: true or false\n";
    const std::string answer =
        answered.size() == 1 && answered[0].size() == 1 ? answered[0][0].value() : "nothing";
    if (answer == block.expected[0].text) return {};
    return "another answer\n      - " + block.expected[0].text + "\n      + " + answer + '\n';
  }

  std::string table_difference(const Block& block, const std::vector<std::string>& columns,
                               const std::vector<AnsweredRow>& answered) {
    if (block.expected.empty()) return "the columns that are expected are missing\n";
    std::string header;
    for (const std::string& column : columns)
      header += (header.empty() ? "?" : " ?") + column;
    std::istringstream in(block.expected[0].text);
    std::string expected_header;
    for (std::string word; in >> word;)
      expected_header += (expected_header.empty() ? "" : " ") + word;
    if (header != expected_header)
      return "other columns\n      - " + expected_header + "\n      + " + header + '\n';
    std::vector<ExpectedRow> expected;
    for (std::size_t i = 1; i < block.expected.size(); ++i) {
      const auto& [number, text] = block.expected[i];
      expected.push_back(read_expected_row(text, number, prefixes_));
      if (expected.back().size() != columns.size())
        throw ScriptError(number, "the row has not as many terms as there are columns");
    }
    const bool ordered = block.says("ordered");
    const std::string difference = row_difference(expected, answered, ordered);
    return difference.empty() ? "" : "other rows\n" + difference;
  }

  std::string graph_difference(const Block& block, const std::vector<AnsweredRow>& answered) {
    if (!block.says("graph")) return "the query answers with a graph: `query graph`\n";
    std::string turtle;
    for (const auto& [prefix, iri] : prefixes_)
      turtle += "@prefix " + prefix + ": <" + iri + "> .\n";
    for (const ScriptLine& expected_line : block.expected)
      turtle += expected_line.text + '\n';
    Database db = Database::in_memory();
    db.load_text(turtle, Format::Turtle);
    Result all = db.query("SELECT ?s ?p ?o { ?s ?p ?o }");
    std::vector<ExpectedRow> expected;
    for (const AnsweredRow& row : rows_of(all)) {
      expected.emplace_back();
      for (const Term& term : row)
        expected.back().push_back({.term = term});
    }
    const std::string difference = row_difference(expected, distinct(answered), false);
    return difference.empty() ? "" : "another graph\n" + difference;
  }

  const Setting& setting_;
  Database db_;
  Prefixes prefixes_{{"xsd", "http://www.w3.org/2001/XMLSchema#"},
                     {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}};
  std::string base_{};
  bool strict_ = false;
  std::vector<std::pair<std::string, std::string>> parameters_{};
};

}  // namespace

std::vector<CheckResult> run_script(const std::filesystem::path& path, const Setting& setting) {
  try {
    return ScriptRun(setting).run(read_script(path));
  } catch (const ScriptError& error) {
    return {{error.line, std::string(error.what()) + '\n'}};
  } catch (const Error& error) {
    return {{1, "failed: " + describe(error) + '\n'}};
  }
}

}  // namespace tripten
