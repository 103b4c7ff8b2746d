// tripten update: one SPARQL update request, atomic and durable.
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/query_options.h"
#include "shell/query_progress.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("file,f", po::value<std::string>()->value_name("FILE"),
                        "reads the update from a file, or -")(
      "explain", po::bool_switch(), "shows the plan of each WHERE and runs nothing");
  describe_query_options(options);
}

int explain(const Arguments& arguments, const StatementText& update, const QueryOptions& options) {
  const Database database = open_for_reading(arguments.positional[0]);
  try {
    std::cout << database.snapshot().explain_update(update.text, options) << std::flush;
  } catch (const Error& error) {
    report_error_in(error, update.text, update.source);
    return exit_code_of(error, false);
  }
  return kDone;
}

int run(const Arguments& arguments) {
  const StatementText update = statement_of(arguments, "update");
  const QueryArguments query_arguments(arguments);
  if (arguments.flag("explain")) return explain(arguments, update, query_arguments.options());
  Database database = open_for_writing(arguments.positional[0]);
  try {
    const Changes changes = [&] {
      const StatementProgress progress;  // its line goes before anything else is said
      QueryOptions options = query_arguments.options();
      options.progress = progress.function();
      return database.update(update.text, options);
    }();
    report_changes(changes);
  } catch (const Error& error) {
    report_error_in(error, update.text, update.source);
    return exit_code_of(error, false);
  }
  return kDone;
}

}  // namespace

const Command kUpdateCommand{
    .name = "update",
    .arguments = "DB 'SPARQL'",
    .summary = "runs one SPARQL update request, all of it or nothing",
    .examples =
        "  tripten update my.db 'INSERT DATA { <urn:a> rdfs:label \"A\" }'\n"
        "  tripten update my.db -f cleanup.ru --timeout 1m\n",
    .least = 1,
    .most = 2,
    .describe = describe,
    .run = run};

}  // namespace tripten::shell
