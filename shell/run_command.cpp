// tripten run: script files of queries, updates and dot commands.
#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/query_options.h"
#include "shell/run_script.h"
#include "shell/session.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("format", po::value<std::string>()->value_name("FORMAT"),
                        "of the answers, as for query")("continue", po::bool_switch(),
                                                        "goes on after an error");
  describe_query_options(options);
}

int run(const Arguments& arguments) {
  const QueryArguments query_arguments(arguments);
  const std::string format = arguments.has("format") ? arguments.text("format") : "auto";
  Answers().set_mode(format);  // before any work
  const std::string& directory = arguments.positional[0];
  Session session(open_for_writing(directory), directory, query_arguments.settings(),
                  *arguments.interrupts, Audience::Script);
  session.answers.set_mode(format);
  session.goes_on = arguments.flag("continue");
  int code = kDone;
  for (std::size_t i = 1; i < arguments.positional.size() && !session.is_over; ++i) {
    const int ended = run_script(session, arguments.positional[i]);
    if (code == kDone) code = ended;
    if (ended != kDone && !session.goes_on) break;
  }
  return code;
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
