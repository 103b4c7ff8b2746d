// A sink that keeps what it gets, and ways to read a text into it.
#pragma once

#include <string>
#include <vector>

#include "base/input.h"
#include "rdf/reader.h"
#include "rdf/reader_parts.h"
#include "rdf/writer.h"

namespace tripten {

class Collected : public StatementSink {
 public:
  void begin_source() override { ++sources; }
  void add(const Statement& statement) override {
    std::string line;
    for (const TermView* term :
         {&statement.subject, &statement.predicate, &statement.object, &statement.graph}) {
      if (term->kind == TermKind::Unbound) continue;
      append_ntriples(*term, line);
      line += ' ';
    }
    lines.push_back(line + '.');
  }

  int sources = 0;
  std::vector<std::string> lines{};  ///< Each statement as N-Quads writes it.
};

inline ReadOptions reading(Format format, std::string base = {}) {
  ReadOptions options;
  options.format = format;
  options.base = std::move(base);
  return options;
}

/// The statements of a text, in their order.
inline std::vector<std::string> read_lines(const std::string& text, const ReadOptions& options) {
  Collected sink;
  read_rdf(*text_input(text, "people"), options, sink);
  return sink.lines;
}

inline std::vector<std::string> read_lines(const std::string& text, Format format,
                                           std::string base = {}) {
  return read_lines(text, reading(format, std::move(base)));
}

/// What reading the text throws.
inline Error read_error(const std::string& text, const ReadOptions& options) {
  Collected sink;
  try {
    read_rdf(*text_input(text, "people"), options, sink);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::Internal, "nothing was thrown"};
}

inline Error read_error(const std::string& text, Format format, std::string base = {}) {
  return read_error(text, reading(format, std::move(base)));
}

}  // namespace tripten
