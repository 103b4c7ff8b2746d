#include "shell/query_options.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "shell/quantities.h"

namespace tripten::shell {

namespace po = boost::program_options;

void describe_query_options(po::options_description& options) {
  options.add_options()("param,p", po::value<std::vector<std::string>>()->value_name("NAME=VALUE"),
                        "a value for {{NAME}} or ?NAME; repeatable")(
      "timeout,t", po::value<std::string>()->value_name("TIME"),
      "ends after this time: 30s, 500ms, 2m")(
      "memory,m", po::value<std::string>()->value_name("SIZE"), "uses no more than this: 2GB")(
      "disk", po::value<std::string>()->value_name("SIZE"),
      "the most temporary files on the disk: 10GB; else half of what is free")(
      "threads", po::value<unsigned>()->value_name("N"),
      "the most threads that work at once (default: all)")(
      "base", po::value<std::string>()->value_name("IRI"),
      "the IRI that relative ones resolve against")(
      "strict", po::bool_switch(), "SPARQL 1.1 alone: no known prefixes, no lenient forms")(
      "allow-service", po::bool_switch(), "SERVICE and LOAD may reach into the network");
}

QueryArguments::QueryArguments(const Arguments& arguments) : stop_(arguments.stop) {
  settings_.base = arguments.text("base");
  settings_.strict = arguments.flag("strict");
  settings_.allow_service = arguments.flag("allow-service");
  if (arguments.has("param"))
    for (const std::string& parameter : arguments.values["param"].as<std::vector<std::string>>()) {
      const std::size_t equals = parameter.find('=');
      if (equals == std::string::npos || equals == 0)
        throw UsageError(fmt::format("--param {} is not name=value", parameter));
      settings_.parameters[parameter.substr(0, equals)] = parameter.substr(equals + 1);
    }
  if (arguments.has("timeout")) settings_.timeout = parse_duration(arguments.text("timeout"));
  if (arguments.has("memory")) settings_.memory = parse_size(arguments.text("memory"));
  if (arguments.has("disk")) settings_.disk = parse_size(arguments.text("disk"));
  if (arguments.has("threads")) settings_.threads = arguments.values["threads"].as<unsigned>();
}

QueryOptions QuerySettings::options(std::stop_token stop) const {
  QueryOptions options{.timeout = timeout,
                       .stop = std::move(stop),
                       .base = base,
                       .strict = strict,
                       .memory_limit = memory,
                       .disk_limit = disk,
                       .threads = threads,
                       .allow_service = allow_service};
  for (const auto& [name, value] : parameters)
    options.parameters.emplace_back(name, value);
  for (const auto& [prefix, iri] : prefixes)
    options.prefixes.emplace_back(prefix, iri);
  return options;
}

std::string read_text_file(const std::string& file) {
  constexpr std::size_t kMost = std::size_t{64} << 20;
  std::string text;
  if (file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    if (std::filesystem::is_directory(file))
      throw Error(ErrorCode::Invalid, fmt::format("{} is a directory, not a file", file));
    std::ifstream in(file, std::ios::binary);
    if (!in)
      throw Error(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                  fmt::format("{}: {}", file, std::strerror(errno)));
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  if (text.size() > kMost)
    throw Error(ErrorCode::Limit, fmt::format("{}: longer than 64 MB is no query", file));
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

StatementText statement_of(const Arguments& arguments, std::string_view what) {
  const bool inline_text = arguments.positional.size() > 1;
  if (inline_text == arguments.has("file"))
    throw UsageError(fmt::format("give the {} as one argument or with --file FILE", what));
  if (inline_text) return {arguments.positional[1], ""};
  const std::string file = arguments.text("file");
  return {read_text_file(file), file == "-" ? "standard input" : file};
}

Format parse_format(const std::string& name) {
  const auto format = format_named(name);
  if (!format || *format == Format::RdfXml || *format == Format::Figure || *format == Format::Guess)
    throw UsageError(fmt::format("'{}' is no output format; there are {}", name, kAnswerFormats));
  return *format;
}

}  // namespace tripten::shell
