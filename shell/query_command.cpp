// tripten query: one SPARQL query, its answer on standard output.
#include <chrono>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "shell/answers.h"
#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/query_options.h"
#include "shell/query_progress.h"
#include "shell/report_error.h"
#include "shell/terminal.h"
#include "shell/unknown_names.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

/// An option with a value only behind `=`: what follows it may be the query.
po::typed_value<std::string>* plan_format() {
  return po::value<std::string>()->value_name("text|json")->implicit_value(kImplicitValue);
}

PlanFormat parse_plan_format(const Arguments& arguments, const char* option) {
  const std::string name = arguments.text(option);
  if (name != "text" && name != "json")
    throw UsageError(fmt::format("--{}={} is neither text nor json", option, name));
  return name == "json" ? PlanFormat::Json : PlanFormat::Text;
}

void describe(po::options_description& options) {
  options.add_options()("file,f", po::value<std::string>()->value_name("FILE"),
                        "reads the query from a file, or -")(
      "format", po::value<std::string>()->value_name("FORMAT"),
      "of the answer; nt ttl nq trig are for graphs")("explain", plan_format(),
                                                      "shows the plan and runs nothing")(
      "profile", plan_format(), "runs, and shows on standard error what every operator took")(
      "labels", po::bool_switch(), "shows labels beside IRIs, in table, box, line and html")(
      "rows", po::value<std::string>()->value_name("N"),
      "the most rows of a table on a terminal (40), or all")(
      "pager", po::bool_switch(), "shows the whole answer in $PAGER, on a terminal");
  describe_query_options(options);
}

int run(const Arguments& arguments) {
  const StatementText query = statement_of(arguments, "query");
  const QueryArguments query_arguments(arguments);
  Answers answers({.labels = arguments.flag("labels"), .pager = arguments.flag("pager")});
  std::optional<Format> format;
  if (arguments.has("format")) format = parse_format(arguments.text("format"));
  if (arguments.has("rows")) answers.set_rows(arguments.text("rows"));
  std::optional<PlanFormat> explain, profile;
  if (arguments.has("explain")) explain = parse_plan_format(arguments, "explain");
  if (arguments.has("profile")) profile = parse_plan_format(arguments, "profile");
  // The query may use all of --memory; a sixteenth more is for blocks.
  const Database database = open_for_reading(arguments.positional[0], query_arguments.memory() / 4);
  QueryOptions options = query_arguments.options();
  options.profile = arguments.has("profile");
  const auto began = std::chrono::steady_clock::now();
  try {
    const StatementProgress progress;  // its line goes before an error is told
    options.progress = progress.function();
    Result result = database.query(query.text, options);
    for (const std::string& note : result.notes())
      report_note(note);
    if (explain) {
      std::cout << result.explain(*explain) << std::flush;
      return kDone;
    }
    answers.show(result, {.began = began, .format = format, .ask = [&](std::string_view text) {
                            return database.query(text, {.stop = arguments.stop});
                          }});
    if (error_is_terminal())
      note_unknown_names(result, database.snapshot(), query.text, options, query.source);
    if (profile) std::cerr << result.explain(*profile);
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
    .run = run,
    .formats = kAnswerFormats};

}  // namespace tripten::shell
