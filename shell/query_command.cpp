// tripten query: one SPARQL query, its answer on standard output.
#include <iostream>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/query_options.h"
#include "shell/report_error.h"
#include "shell/terminal.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("file,f", po::value<std::string>(), "reads the query from a file, or -")(
      "format", po::value<std::string>(),
      "table csv tsv json xml markdown jsonl; nt ttl nq trig for graphs")(
      "explain", po::bool_switch(), "shows the plan and runs nothing")(
      "profile", po::bool_switch(), "runs, and shows rows and time of every operator");
  describe_query_options(options);
}

int run(const Arguments& arguments) {
  const StatementText query = statement_of(arguments, "query");
  const QueryArguments query_arguments(arguments);
  if (arguments.has("format")) parse_format(arguments.text("format"));  // before any work
  const Database database = open_for_reading(arguments.positional[0]);
  QueryOptions options = query_arguments.options();
  options.profile = arguments.flag("profile");
  try {
    Result result = database.query(query.text, options);
    for (const std::string& note : result.notes())
      report_note(note);
    if (arguments.flag("explain")) {
      std::cout << result.explain() << std::flush;
      return kDone;
    }
    result.write(std::cout, output_format(arguments, result), {.width = terminal_width()});
    if (options.profile) std::cerr << result.explain();
  } catch (const Error& error) {
    report_error_in(error, query.text, query.source);
    return exit_code_of(error, false);
  }
  return kDone;
}

}  // namespace

const Command kQueryCommand{
    .name = "query",
    .arguments = "DB 'SPARQL'",
    .summary = "answers a SPARQL query; works while another process writes",
    .examples =
        "  tripten query pfocr.db 'SELECT ?drug { ?drug a pf:Drug } LIMIT 5'\n"
        "  tripten query pfocr.db -f drugs.rq --param gene=PTEN --format csv\n"
        "  tripten query pfocr.db --explain 'ASK { ?s ?p ?o }'\n",
    .least = 1,
    .most = 2,
    .describe = describe,
    .run = run};

}  // namespace tripten::shell
