// LineReader: N-Triples and N-Quads a line at a time, as nearly all lines in the world are written.
//
// These two formats are what large data comes in, and their grammar is small (N-Triples §7): one
// look at each byte is enough. What is not well-formed, or written in one of the rarer ways (an
// escape in an IRI, a relative IRI, a label with other letters than ASCII's, a comment behind a
// statement, a lone carriage return), is left to read_rdf(), which also says what is wrong.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "tripten/format.h"

#include "rdf/statement.h"

namespace tripten {

class LineReader {
 public:
  /// `text`, NTriples or NQuads, starts at a line's start and ends at a line's end or the file's.
  /// It outlives the reader.
  LineReader(Format format, std::string_view text);

  /// Feeds statements to `sink`. True at the end of the text; false in front of a line that is left
  /// to read_rdf(): pass_line() goes on behind it.
  bool read(StatementSink& sink);
  /// The line at hand with its break.
  std::string_view pass_line();

  /// Line breaks passed.
  std::uint64_t lines() const { return lines_; }

 private:
  bool take_line(std::string_view line, StatementSink& sink);
  void find_valid_end();

  const bool has_graphs_;
  const std::string_view text_;
  std::size_t at_ = 0;
  std::size_t valid_end_ = 0;  // the bytes from at_ to here are UTF-8
  std::uint64_t lines_ = 0;
  std::array<std::string, 4> unescaped_{};  // bytes of terms that are not the text's
};

}  // namespace tripten
