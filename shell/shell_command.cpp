// tripten shell: statements and dot commands of a person, or from a pipe.
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/config.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/query_options.h"
#include "shell/read_statements.h"
#include "shell/session.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("read-only", po::bool_switch(),
                        "changes nothing; works while another process writes")(
      "format", po::value<std::string>()->value_name("FORMAT"), "of the answers, as for query");
  describe_query_options(options);
}

Database open(const std::string& directory, bool read_only, std::size_t memory) {
  if (read_only) return open_for_reading(directory, memory);
  try {
    return open_for_writing(directory, memory);
  } catch (const OpenError& error) {
    if (error.code != ErrorCode::Busy) throw;
    throw OpenError(error.code, fmt::format("{}; --read-only opens it all the same", error.what()));
  }
}

int run(const Arguments& arguments) {
  const QueryArguments query_arguments(arguments);
  const std::string format = arguments.has("format") ? arguments.text("format") : "auto";
  Answers().set_mode(format);  // before any work
  const std::string directory = arguments.positional.empty() ? ":memory:" : arguments.positional[0];
  const bool read_only = arguments.flag("read-only");
  const bool is_person = reads_from_terminal();
  const std::filesystem::path config_file = config_file_of_user();
  const Config config = is_person ? read_config(config_file) : Config();
  if (!config.colours) setenv("NO_COLOR", "1", 1);  // before there are threads
  Session session(open(directory, read_only, query_arguments.memory()), directory,
                  query_arguments.settings(), *arguments.interrupts,
                  is_person ? Audience::Person : Audience::Script);
  session.is_read_only = read_only;
  session.goes_on = true;
  if (is_person) apply_config(session, config, config_file);
  session.answers.settings.prefixes = session.settings.prefixes;
  if (arguments.has("format"))
    session.answers.set_mode(format);  // before that of the configuration
  if (!is_person) return read_from_pipe(session);
  arguments.interrupts->keep_running();
  std::cout << fmt::format("Tripten {} on {}{}. .help lists the commands, Ctrl-D leaves.\n",
                           TRIPTEN_VERSION, directory, read_only ? ", read-only" : "")
            << std::flush;
  return read_from_person(session);
}

}  // namespace

const Command kShellCommand{
    .name = "shell",
    .arguments = "[DB]",
    .summary = "the interactive shell; without DB in memory",
    .examples =
        "  tripten shell pfocr.db\n"
        "  tripten shell pfocr.db --read-only\n"
        "  echo 'SELECT (COUNT(*) AS ?quads) { ?s ?p ?o }' | tripten shell pfocr.db\n",
    .least = 0,
    .most = 1,
    .describe = describe,
    .run = run,
    .formats = kAnswerFormats};

}  // namespace tripten::shell
