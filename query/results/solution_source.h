// SolutionSource: the bytes of a document, one at a time, with the place of the next one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/input.h"
#include "query/results/reader_parts.h"

namespace tripten {

class SolutionSource : public Place {
 public:
  explicit SolutionSource(Input& input) : input_(input) {}

  /// Whether nothing follows. Throws Invalid where the next bytes are no UTF-8.
  bool done() { return at_ == end_ && !fill(); }
  /// The next byte; not when done().
  char peek() const { return buffer_[at_]; }
  void skip();

  /// The bytes from here on are counted, and refused with Limit when they are more than `most`;
  /// `what` is what takes them: "a solution".
  void begin_counting(std::size_t most, std::string_view what);

  /// Takes the bytes if they come next; they are one character.
  bool skip_character(std::string_view character);

  /// Errors are placed here from now on; until unmark(): where the reader is.
  void mark() { marked_ = {line_, column_}; }
  void unmark() { marked_.reset(); }
  Error error(ErrorCode code, std::string_view what) const override;

 private:
  bool fill();

  Input& input_;
  std::string buffer_{};
  std::size_t at_ = 0, end_ = 0;  // what is read, valid UTF-8, and not yet taken
  bool is_read_ = false;          // the input has ended
  std::size_t line_ = 1, column_ = 1;
  std::optional<std::pair<std::size_t, std::size_t>> marked_{};  // a line and column
  std::size_t counted_ = 0, most_ = kLongestSolution;
  std::string_view counted_what_ = "a solution";
};

inline void SolutionSource::skip() {
  const char byte = buffer_[at_++];
  if (byte == '\n') {
    ++line_;
    column_ = 1;
  } else if ((byte & 0xC0) != 0x80) {
    ++column_;
  }
}

}  // namespace tripten
