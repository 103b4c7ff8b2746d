// tripten load: files and folders into a database, with a report.
#include <chrono>
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/progress_line.h"
#include "shell/quantities.h"
#include "shell/report_error.h"

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

/// "reading  4,200,000 statements  512,000/s  37 %  8.1 s, 13 s left"
std::string progress_text(const LoadProgress& progress, std::chrono::nanoseconds time) {
  constexpr double kTooEarly = 0.02;  // to tell how long the rest takes
  const double seconds = std::max(std::chrono::duration<double>(time).count(), 1e-9);
  std::string line =
      fmt::format("{}  {} statements", progress.stage, with_separators(progress.statements));
  if (progress.stage == "reading")
    line += fmt::format("  {}/s", with_separators(static_cast<std::uint64_t>(
                                      static_cast<double>(progress.statements) / seconds)));
  if (progress.done >= 0) line += fmt::format("  {:.0f} %", progress.done * 100);
  line += "  " + readable_duration(time);
  if (progress.done >= kTooEarly && progress.done < 1) {
    const std::chrono::duration<double> left(seconds * (1 - progress.done) / progress.done);
    line += ", " + readable_duration(std::chrono::duration_cast<std::chrono::nanoseconds>(left)) +
            " left";
  }
  return line;
}

void report(const LoadReport& report, std::chrono::nanoseconds time) {
  const double seconds = std::max(std::chrono::duration<double>(time).count(), 1e-9);
  std::cerr << fmt::format(
      "loaded {} statements from {} {} in {} ({}/s): {} new\n", with_separators(report.statements),
      report.files, report.files == 1 ? "file" : "files", readable_duration(time),
      with_separators(static_cast<std::uint64_t>(static_cast<double>(report.statements) / seconds)),
      with_separators(report.inserted));
  if (report.figures + report.articles > 0) {
    std::cerr << fmt::format("  figures {}, articles {}\n", with_separators(report.figures),
                             with_separators(report.articles));
    std::string kinds;
    for (const auto& [kind, count] : report.mentions)
      kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", kind, with_separators(count));
    std::cerr << "  mentions: " << (kinds.empty() ? "none" : kinds) << '\n';
    std::cerr << fmt::format("  keywords: {} resolved, {} not resolved\n",
                             with_separators(report.keywords_resolved),
                             with_separators(report.keywords_unresolved));
  }
  if (report.tables > 0)
    std::cerr << fmt::format("  tables {} with {} rows\n", with_separators(report.tables),
                             with_separators(report.rows));
  for (const auto& [reason, count] : report.left_out)
    std::cerr << fmt::format("  left out: {} ({})\n", with_separators(count), reason);
  if (report.passed_over > 0)
    std::cerr << fmt::format("  passed over: {} files of other kinds\n", report.passed_over);
  if (report.skipped > 0) {
    std::cerr << fmt::format("  skipped: {}, the first:\n", with_separators(report.skipped));
    for (const std::string& message : report.first_skipped)
      std::cerr << "    " << message << '\n';
  }
}

int run(const Arguments& arguments) {
  LoadOptions options = load_options(arguments);
  const std::vector<std::filesystem::path> files(arguments.positional.begin() + 1,
                                                 arguments.positional.end());
  for (const std::filesystem::path& file : files)
    if (file != "-" && !std::filesystem::exists(file))
      throw Error(ErrorCode::NotFound, fmt::format("{}: there is no such file", file.string()));
  ProgressLine line;
  if (line.is_seen())
    options.progress = [&](const LoadProgress& progress) {
      line.show([&] { return progress_text(progress, line.time()); });
    };
  Database database = open_for_writing(arguments.positional[0]);
  const LoadReport done = database.load(files, options);
  line.clear();
  report(done, line.time());
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
