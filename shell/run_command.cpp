// tripten run: script files of queries, updates and dot commands.
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/quantities.h"
#include "shell/query_options.h"
#include "shell/report_error.h"
#include "shell/script.h"
#include "shell/terminal.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("format", po::value<std::string>()->value_name("FORMAT"),
                        "of the answers, as for query")("continue", po::bool_switch(),
                                                        "goes on after an error");
  describe_query_options(options);
}

/// One run: the database, and what dot commands have set.
class ScriptRun {
 public:
  ScriptRun(Database& database, const Arguments& arguments)
      : database_(database),
        arguments_(arguments),
        query_arguments_(arguments) {
    if (arguments.has("format")) format_ = parse_format(arguments.text("format"));
  }

  /// The exit code of the first error, or kDone.
  int run_file(const std::string& file, int depth = 0) {
    constexpr int kMostIncludes = 20;
    if (depth > kMostIncludes)
      throw Error(ErrorCode::Limit, fmt::format("{}: .read is nested too deeply", file));
    const std::string script = read_text_file(file);
    const std::string name = file == "-" ? "standard input" : file;
    int code = kDone;
    for (const ScriptStatement& statement : split_script(script)) {
      const int ended = run_reporting(statement, script, name, depth);
      if (code == kDone) code = ended;
      if (ended != kDone && (ended == kInterrupted || !arguments_.flag("continue"))) return ended;
    }
    return code;
  }

 private:
  int run_reporting(const ScriptStatement& statement, const std::string& script,
                    const std::string& name, int depth) {
    try {
      return run(statement, name, depth);
    } catch (const Error& error) {
      if (error.position)
        report_error_in(error, script, name);
      else
        report_error(fmt::format("{}, line {}: {}", name, statement.line, error.what()));
      return exit_code_of(error, false);
    } catch (const UsageError& error) {
      report_error(fmt::format("{}, line {}: {}", name, statement.line, error.what()));
      return kFailed;
    }
  }

  int run(const ScriptStatement& statement, const std::string& name, int depth) {
    switch (statement.kind) {
      case StatementKind::DotCommand:
        return run_dot_command(statement.text, depth);
      case StatementKind::Update: {
        const Changes changes = database_.update(statement.text, query_arguments_.options());
        for (const std::string& note : changes.notes)
          report_note(fmt::format("{}, {}", name, note));
        std::cerr << fmt::format("inserted {}, deleted {}\n", with_separators(changes.inserted),
                                 with_separators(changes.deleted));
        return kDone;
      }
      case StatementKind::Query: {
        Result result = database_.query(statement.text, query_arguments_.options());
        for (const std::string& note : result.notes())
          report_note(fmt::format("{}, {}", name, note));
        write(result);
        return kDone;
      }
    }
    return kDone;
  }

  /// A script holds queries of both kinds: the format of one kind leaves the other its own.
  void write(Result& result) {
    Format format = Format::Guess;
    if (output_is_terminal()) format = result.is_graph() ? Format::Turtle : Format::Table;
    if (format_ && holds_graph(*format_) == result.is_graph()) format = *format_;
    result.write(std::cout, format, {.width = terminal_width()});
  }

  int run_dot_command(const std::string& text, int depth) {
    const std::size_t blank = text.find_first_of(" \t");
    const std::string command = text.substr(0, blank);
    std::string argument = blank == std::string::npos ? "" : text.substr(blank);
    argument.erase(0, argument.find_first_not_of(" \t"));
    if (command == ".mode") {
      format_ = parse_format(argument);
    } else if (command == ".read") {
      return run_file(argument, depth + 1);
    } else if (command == ".load") {
      const LoadReport report = database_.load({argument}, {.stop = arguments_.stop});
      std::cerr << fmt::format("loaded {} statements: {} new\n", with_separators(report.statements),
                               with_separators(report.inserted));
    } else if (command == ".print") {
      std::cout << argument << '\n';
    } else if (command == ".explain") {
      std::cout << database_.snapshot().explain(argument, query_arguments_.options());
    } else {
      throw UsageError(
          fmt::format("{} is no dot command of scripts; there are .mode, .read, .load, "
                      ".print and .explain",
                      command));
    }
    return kDone;
  }

  Database& database_;
  const Arguments& arguments_;
  QueryArguments query_arguments_;
  std::optional<Format> format_{};
};

int run(const Arguments& arguments) {
  Database database = open_for_writing(arguments.positional[0]);
  ScriptRun script(database, arguments);
  for (std::size_t i = 1; i < arguments.positional.size(); ++i)
    if (const int code = script.run_file(arguments.positional[i]); code != kDone) return code;
  return kDone;
}

}  // namespace

const Command kRunCommand{.name = "run",
                          .arguments = "DB SCRIPT...",
                          .summary = "runs script files: queries, updates and dot commands",
                          .examples =
                              "  tripten run my.db setup.rq\n"
                              "  tripten run :memory: demo.rq --format csv\n",
                          .least = 2,
                          .most = ~std::size_t{0},
                          .describe = describe,
                          .run = run,
                          .formats = kAnswerFormats};

}  // namespace tripten::shell
