// tripten bench: times query files inside one process.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <streambuf>

#include <fmt/format.h>
#include <sys/resource.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/query_options.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

/// Counts what is written and keeps nothing.
class CountingBuffer : public std::streambuf {
 public:
  std::uint64_t bytes() const { return bytes_; }

 protected:
  int_type overflow(int_type c) override {
    ++bytes_;
    return traits_type::not_eof(c);
  }
  std::streamsize xsputn(const char*, std::streamsize size) override {
    bytes_ += static_cast<std::uint64_t>(size);
    return size;
  }

 private:
  std::uint64_t bytes_ = 0;
};

void describe(po::options_description& options) {
  options.add_options()("format",
                        po::value<std::string>()->value_name("FORMAT")->default_value("tsv"),
                        "what the answers are serialised as")(
      "runs", po::value<unsigned>()->value_name("N")->default_value(5),
      "warm runs, of which the median counts");
  describe_query_options(options);
}

struct Timing {
  double milliseconds = 0;
  std::uint64_t rows = 0, bytes = 0;
};

Timing time_query(const Database& database, const std::string& text, const QueryOptions& options,
                  Format format) {
  using Clock = std::chrono::steady_clock;
  CountingBuffer buffer;
  std::ostream out(&buffer);
  const Clock::time_point start = Clock::now();
  Result result = database.query(text, options);
  result.write(out, result.is_graph() && !holds_graph(format) ? Format::NTriples : format);
  const std::chrono::duration<double, std::milli> time = Clock::now() - start;
  return {time.count(), result.rows_read(), buffer.bytes()};
}

std::uint64_t peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + '"';
}

int run(const Arguments& arguments) {
  const Format format = parse_format(arguments.text("format"));
  const unsigned runs = std::max(1U, arguments.values["runs"].as<unsigned>());
  const QueryArguments query_arguments(arguments);
  const Database database = open_for_reading(arguments.positional[0]);
  int code = kDone;
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
    const std::string& file = arguments.positional[i];
    std::string text;
    try {
      text = read_text_file(file);
      const Timing cold = time_query(database, text, query_arguments.options(), format);
      std::vector<double> warm;
      for (unsigned turn = 0; turn < runs; ++turn)
        warm.push_back(time_query(database, text, query_arguments.options(), format).milliseconds);
      std::sort(warm.begin(), warm.end());
      std::cout << fmt::format(
                       "{{\"file\": {}, \"rows\": {}, \"bytes\": {}, \"cold_ms\": {:.3f}, "
                       "\"ms\": {:.3f}, \"peak_memory\": {}}}\n",
                       json_string(file), cold.rows, cold.bytes, cold.milliseconds,
                       warm[warm.size() / 2], peak_memory_bytes())
                << std::flush;
    } catch (const Error& error) {
      report_error_in(error, text, file);
      if (code == kDone) code = exit_code_of(error, false);
      if (error.code == ErrorCode::Cancelled) return code;
    }
  }
  return code;
}

}  // namespace

const Command kBenchCommand{.name = "bench",
                            .arguments = "DB FILE...",
                            .summary = "times query files inside one process, a JSON line each",
                            .examples = "  tripten bench s1.db queries/*.rq --runs 9\n",
                            .least = 2,
                            .most = ~std::size_t{0},
                            .describe = describe,
                            .run = run,
                            .formats = kAnswerFormats};

}  // namespace tripten::shell
