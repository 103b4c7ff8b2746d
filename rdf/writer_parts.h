// What the writers of lines (N-Triples, N-Quads) and of Turtle and TriG share.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "tripten/term.h"

#include "rdf/statement.h"
#include "rdf/writer.h"

namespace tripten {

/// Collects bytes and writes them when there are many. Throws Io where the stream fails.
class TextOutput {
 public:
  explicit TextOutput(std::ostream& out) : out_(out) {}

  std::string& text() { return text_; }  ///< To be appended to.
  void flush_if_large();
  void flush();

 private:
  std::ostream& out_;
  std::string text_{};
};

/// Blank node labels as they can be written: those of different sources are kept apart, and one
/// that the grammar does not allow (BLANK_NODE_LABEL) is spelled in hexadecimal digits.
class WriterLabels {
 public:
  void begin_source() { ++source_; }
  /// Appends `_:` and the label.
  void append(std::string_view label, std::string& out) const;

 private:
  std::size_t source_ = 0;
};

/// The one graph of a format that has no graphs.
class OneGraph {
 public:
  /// Throws Invalid for another graph than the first call's.
  void check(const TermView& graph);

 private:
  bool is_known_ = false;
  Term graph_{};
};

std::unique_ptr<RdfWriter> make_turtle_writer(std::ostream& out, const RdfWriteOptions& options);

}  // namespace tripten
