// tripten load: files and folders into a database, with a report.
#include <filesystem>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/load_report.h"
#include "shell/open_database.h"
#include "shell/quantities.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("format", po::value<std::string>()->value_name("FORMAT"),
                        "of all files, else by their names")(
      "graph,g", po::value<std::string>()->value_name("IRI"),
      "the graph of statements that name none")(
      "base", po::value<std::string>()->value_name("IRI"),
      "the IRI that relative ones resolve against (default: each file's own)")(
      "map", po::value<std::string>()->value_name("FILE"), "CSVW metadata for the tables")(
      "lenient", po::bool_switch(), "skips what is wrong, counts it, shows the first ten")(
      "memory,m", po::value<std::string>()->value_name("SIZE"), "uses no more than this: 2GB");
}

LoadOptions load_options(const Arguments& arguments) {
  LoadOptions options{.base = arguments.text("base"),
                      .lenient = arguments.flag("lenient"),
                      .mapping = arguments.text("map"),
                      .stop = arguments.stop};
  if (arguments.has("format")) {
    const auto format = format_named(arguments.text("format"));
    if (!format)
      throw UsageError(
          fmt::format("'{}' is no input format; there are nt, nq, ttl, trig, rdf, md, "
                      "tsv and csv",
                      arguments.text("format")));
    options.format = *format;
  }
  if (arguments.has("graph")) {
    std::string iri = arguments.text("graph");
    if (iri.starts_with('<') && iri.ends_with('>')) iri = iri.substr(1, iri.size() - 2);
    if (iri.find(':') == std::string::npos)
      throw UsageError(fmt::format("--graph {} is no absolute IRI", iri));
    options.graph = Term::iri(iri);
  }
  if (arguments.has("memory")) options.memory_limit = parse_size(arguments.text("memory"));
  return options;
}

int run(const Arguments& arguments) {
  LoadOptions options = load_options(arguments);
  const std::vector<std::filesystem::path> files(arguments.positional.begin() + 1,
                                                 arguments.positional.end());
  for (const std::filesystem::path& file : files)
    refuse_missing(file);
  Database database = open_for_writing(arguments.positional[0]);
  load_files(database, files, std::move(options));
  return kDone;
}

}  // namespace

const Command kLoadCommand{
    .name = "load",
    .arguments = "DB FILE...",
    .summary = "adds files or folders, all of them or nothing",
    .examples =
        "  tripten load my.db people.ttl more.nq.gz\n"
        "  tripten load pfocr.db figures/ drugs.tsv --map drugs-metadata.json\n"
        "  zcat big.nt.gz | tripten load big.db - --format nt --graph urn:big\n",
    .least = 2,
    .most = ~std::size_t{0},
    .describe = describe,
    .run = run,
    .formats = "nt nq ttl trig rdf md tsv csv"};

}  // namespace tripten::shell
