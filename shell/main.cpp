// tripten: the command line. Finds the command, parses its words, turns errors into exit codes.
#include <algorithm>
#include <array>
#include <iostream>
#include <new>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/dot_commands.h"
#include "shell/exit_code.h"
#include "shell/help_documents.h"
#include "shell/interrupts.h"
#include "shell/open_database.h"
#include "shell/report_error.h"
#include "shell/terminal.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

const std::array kCommands{&kLoadCommand,   &kQueryCommand,   &kUpdateCommand,  &kRunCommand,
                           &kShellCommand,  &kDumpCommand,    &kInfoCommand,    &kCheckCommand,
                           &kBackupCommand, &kRestoreCommand, &kCompactCommand, &kBenchCommand};

struct LaterCommand {
  std::string_view name, purpose;
};
constexpr std::array kLaterCommands{LaterCommand{"ask", "questions in English"}};

const Command* find_command(std::string_view name) {
  for (const Command* command : kCommands)
    if (command->name == name) return command;
  return nullptr;
}

void print_overview(std::ostream& out) {
  out << "tripten: an embedded RDF database, queried with SPARQL 1.1\n\n"
         "usage: tripten COMMAND DATABASE ...\n\n";
  for (const Command* command : kCommands)
    out << fmt::format("  {:<8} {}\n", command->name, command->summary);
  out << "\nnot built yet:\n";
  for (const LaterCommand& command : kLaterCommands)
    out << fmt::format("  {:<8} {}\n", command.name, command.purpose);
  out << "\nA database is a directory. `tripten help COMMAND` shows options and examples.\n\n"
         "  tripten load pfocr.db figures/ drugs.tsv\n"
         "  tripten query pfocr.db 'SELECT ?drug { ?drug pf:targets ncbigene:5728 }'\n";
}

void print_help(const Command& command) {
  std::cout << fmt::format("usage: tripten {} {}\n\n{}\n\nexamples:\n{}\n", command.name,
                           command.arguments, command.summary, command.examples)
            << options_of(command);
  if (!command.formats.empty()) std::cout << "\nformats: " << command.formats << '\n';
}

[[noreturn]] void fail_unknown(std::string_view name) {
  for (const LaterCommand& later : kLaterCommands)
    if (later.name == name)
      throw UsageError(fmt::format("`tripten {}` ({}) is not built yet", name, later.purpose));
  throw UsageError(fmt::format("'{}' is no command", name));
}

int help(const std::vector<std::string>& words) {
  if (words.size() < 2) {
    print_overview(std::cout);
    return kDone;
  }
  if (write_help_document(std::cout, words[1],
                          {.commands = kCommands, .dot_commands = dot_command_texts()}))
    return kDone;
  const Command* command = find_command(words[1]);
  if (!command) fail_unknown(words[1]);
  print_help(*command);
  return kDone;
}

Arguments parse(const Command& command, const std::vector<std::string>& words) {
  Arguments arguments;
  po::options_description options = options_of(command);
  options.add_options()("positional", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("positional", -1);
  // Options that may have a value (--explain=json) take no word behind them: it may be the query.
  const auto without_value = [&](const std::string& word) {
    const po::option_description* option =
        word.starts_with("--") ? options.find_nothrow(word.substr(2), false) : nullptr;
    const bool may_have =
        option && option->semantic()->min_tokens() == 0 && option->semantic()->max_tokens() == 1;
    return may_have ? std::pair(word.substr(2), std::string(kImplicitValue))
                    : std::pair(std::string(), std::string());
  };
  const int style = po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
  po::store(po::command_line_parser(words)
                .options(options)
                .positional(positional)
                .style(style)
                .extra_parser(without_value)
                .run(),
            arguments.values);
  po::notify(arguments.values);
  if (arguments.values.count("positional"))
    arguments.positional = arguments.values["positional"].as<std::vector<std::string>>();
  return arguments;
}

int run_command(const Command& command, std::vector<std::string> words, Interrupts& interrupts) {
  words.erase(words.begin());
  Arguments arguments = parse(command, words);
  if (arguments.has("help")) {
    print_help(command);
    return kDone;
  }
  if (arguments.positional.size() < command.least)
    throw UsageError(fmt::format("usage: tripten {} {}", command.name, command.arguments));
  if (arguments.positional.size() > command.most)
    throw UsageError(fmt::format("'{}' is one argument too many; usage: tripten {} {}",
                                 arguments.positional[command.most], command.name,
                                 command.arguments));
  arguments.stop = interrupts.stop();
  arguments.interrupts = &interrupts;
  return command.run(arguments);
}

int run(const std::vector<std::string>& words, Interrupts& interrupts) {
  if (words.empty()) {
    print_overview(std::cerr);
    return kWrongUsage;
  }
  if (words[0] == "help" || words[0] == "--help" || words[0] == "-h") return help(words);
  if (words[0] == "--version") {
    std::cout << "tripten " << TRIPTEN_VERSION << '\n';
    return kDone;
  }
  const Command* command = find_command(words[0]);
  if (!command) fail_unknown(words[0]);
  try {
    return run_command(*command, words, interrupts);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("{} (see: tripten help {})", error.what(), command->name));
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{} (see: tripten help {})", error.what(), command->name));
  }
}

int guarded(const std::vector<std::string>& words) {
  try {
    Interrupts interrupts;
    return run(words, interrupts);
  } catch (const UsageError& error) {
    report_error(error.what());
    return kWrongUsage;
  } catch (const OpenError& error) {
    report_error(error.what());
    return kNoDatabase;
  } catch (const Error& error) {
    if (error.code != ErrorCode::Io || !output_is_closed()) report_error(error.what());
    return exit_code_of(error, false);
  } catch (const std::bad_alloc&) {
    report_error("the machine's memory is used up");
    return kLimit;
  } catch (const std::exception& error) {
    report_error(fmt::format("internal error: {}", error.what()));
    return kFailed;
  }
}

}  // namespace

}  // namespace tripten::shell

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  const int code = tripten::shell::guarded({words + 1, words + count});
  std::cout.flush();
  return code;
}
