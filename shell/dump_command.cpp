// tripten dump: the quads of a database as an RDF document.
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/query_options.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("format",
                        po::value<std::string>()->value_name("FORMAT")->default_value("nq"),
                        "nq or trig: everything; nt or ttl: one graph")(
      "graph,g", po::value<std::string>()->value_name("IRI"),
      "the graph of nt and ttl (default: the default graph)");
}

int run(const Arguments& arguments) {
  const Format format = parse_format(arguments.text("format"));
  Term graph;
  if (arguments.has("graph")) graph = Term::iri(arguments.text("graph"));
  const Database database = open_for_reading(arguments.positional[0]);
  database.snapshot().dump(std::cout, format, graph, arguments.stop);
  return kDone;
}

}  // namespace

const Command kDumpCommand{.name = "dump",
                           .arguments = "DB",
                           .summary = "writes all quads to standard output",
                           .examples =
                               "  tripten dump my.db > my.nq\n"
                               "  tripten dump my.db --format ttl --graph urn:drugs\n",
                           .least = 1,
                           .most = 1,
                           .describe = describe,
                           .run = run,
                           .formats = "nq trig nt ttl"};

}  // namespace tripten::shell
