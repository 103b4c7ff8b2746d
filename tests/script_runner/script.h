// Script: a `.test` file as blocks.
//
//   # A comment: what the script proves, and the section of the specification.
//   data                      Turtle; `data nq`, `data trig`, `data nt`; `data graph <iri>`
//     ...                     a body is indented by two blanks
//   query                     as `query unordered`; `query ordered`, `query graph`, `query error`;
//     ...                     `run` is another word for `query`
//   ----                      what is expected follows
//     ?a  ?b                  the columns, then a row a line; `-` is unbound, `*` any term
//     1   "x"@en              ASK: `true` or `false`; `query graph`: Turtle
//   update                    `update error`; the counts `1 inserted, 0 deleted` are optional
//   options base <iri>        until `options none`; also `strict`, `param NAME VALUE`
//
// `error` expects a code, then a place and a text in quotes where they matter:
// `Syntax 1:12 "expected"`. `fails` after any of them: the check must fail (tests of the runner
// itself). In a body `file:///HERE/` is the folder of the script.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace tripten {

enum class BlockKind { Data, Query, Update, Options };

struct ScriptLine {
  int number = 0;  // in the file, from 1
  std::string text{};
};

struct Block {
  BlockKind kind = BlockKind::Query;
  int line = 0;                      // of the word that begins it
  std::vector<std::string> words{};  // after that word
  std::string body{};                // without indentation
  bool has_expectation = false;
  std::vector<ScriptLine> expected{};  // without indentation and empty lines

  bool says(const std::string& word) const;
};

struct Script {
  std::filesystem::path path;
  std::vector<Block> blocks{};
};

/// A script that is no script, or that expects what can't be read.
struct ScriptError : std::runtime_error {
  ScriptError(int at, const std::string& what) : std::runtime_error(what), line(at) {}
  int line;
};

Script read_script(const std::filesystem::path& path);

}  // namespace tripten
