#include "api/web_source.h"

#include <fmt/format.h>

#include "base/http_client.h"
#include "base/letter_case.h"
#include "rdf/reader.h"

namespace tripten {

namespace {

constexpr std::string_view kAccept =
    "text/turtle, application/n-triples, application/n-quads, application/trig, "
    "application/rdf+xml;q=0.9, text/plain;q=0.1";
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

Format format_of_media_type(std::string_view type) {
  std::string name = to_ascii_lower(type.substr(0, type.find(';')));
  std::erase_if(name, [](char c) { return c == ' ' || c == '\t'; });
  if (name == "text/turtle" || name == "application/x-turtle") return Format::Turtle;
  if (name == "application/n-triples") return Format::NTriples;
  if (name == "application/n-quads") return Format::NQuads;
  if (name == "application/trig") return Format::TriG;
  if (name == "application/rdf+xml") return Format::RdfXml;
  return Format::Guess;
}

Format format_of_url(const std::string& url) {
  const std::string path = url.substr(0, url.find_first_of("?#"));
  const Format format = format_of_file(path);
  const bool is_rdf = format == Format::Turtle || format == Format::NTriples ||
                      format == Format::NQuads || format == Format::TriG ||
                      format == Format::RdfXml;
  return is_rdf ? format : Format::Guess;
}

}  // namespace

void read_web_source(const std::string& url, std::chrono::milliseconds timeout,
                     const Interrupt& interrupt, StatementSink& sink) {
  HttpResponse response;
  try {
    response = http_call({.url = url,
                          .headers = {{"Accept", std::string(kAccept)}},
                          .timeout = timeout,
                          .most_bytes = kMostBytes},
                         interrupt);
  } catch (const Error& error) {
    if (error.code != ErrorCode::Io && error.code != ErrorCode::Invalid) throw;
    throw Error(error.code, fmt::format("LOAD <{}>: {}", url, error.what()));
  }
  Format format = format_of_media_type(response.content_type);
  if (format == Format::Guess) format = format_of_url(response.url);
  if (format == Format::Guess) format = format_of_url(url);
  if (format == Format::Guess)
    throw Error(
        ErrorCode::Invalid,
        fmt::format("LOAD <{}>: the answer is {}, which is no RDF format", url,
                    response.content_type.empty() ? "of no known type" : response.content_type));
  const auto input = text_input(std::move(response.body), url);
  read_rdf(*input, {.format = format, .base = response.url, .interrupt = &interrupt}, sink);
}

}  // namespace tripten
