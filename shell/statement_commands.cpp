// Dot commands about statements: plans, profiles, scripts.
#include <array>
#include <filesystem>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

#include "shell/dot_commands.h"
#include "shell/exit_code.h"
#include "shell/report_error.h"
#include "shell/run_script.h"

namespace tripten::shell {

namespace {

void explain(const DotCall& call) {
  std::cout << call.session.explain(call.statement_or_last());
}

/// Reads the answer to its end; nobody sees it.
void profile(const DotCall& call) {
  const std::string text = call.statement_or_last();
  if (kind_of_statement(text) == StatementKind::Update)
    throw UsageError("updates have no profile; .explain shows what an update would do");
  Result result = call.session.query(text, true);
  for (auto row = result.begin(); row != result.end(); ++row) {
  }
  std::cout << result.explain();
}

/// As it is seen from the script's folder or, where there is none, from the current one.
std::string file_to_read(const DotCall& call, const std::string& file) {
  const std::filesystem::path beside = std::filesystem::path(call.session.script_folder) / file;
  std::error_code failure;
  return std::filesystem::exists(beside, failure) ? beside.string() : file;
}

void read(const DotCall& call) {
  const std::vector<std::string> words = call.words();
  if (words.size() != 1) throw call.usage();
  const int code = run_script(call.session, file_to_read(call, words[0]));
  if (code != kDone) throw ScriptFailed{code};
}

void print(const DotCall& call) {
  std::cout << call.argument << '\n';
}

constexpr std::array kCommands{
    DotCommand{".explain", "[STATEMENT]", "shows the plan, of the last statement if none is given",
               ".explain SELECT ?s { ?s a pf:Drug }\n.explain", DotArgument::Statement, explain},
    DotCommand{".profile", "[QUERY]", "runs a query and shows what every operator took",
               ".profile SELECT ?s { ?s a pf:Drug }\n.profile", DotArgument::Statement, profile},
    DotCommand{".read", "FILE", "runs the statements and dot commands of a file",
               ".read questions.rq", DotArgument::File, read},
    DotCommand{".print", "[TEXT]", "writes a line",
               ".print Drugs that target PTEN:", DotArgument::Text, print}};

}  // namespace

std::span<const DotCommand> statement_commands() {
  return kCommands;
}

}  // namespace tripten::shell
