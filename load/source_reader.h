// SourceReader: parses sources on all threads, errors and skipped statements told as one thread
// going through them in order would tell them.
//
// Lines go through rdf/line_reader.h; what that leaves over, one line at a time, through
// read_rdf(). A line knows its number in its piece only. When all threads have ended, the pieces
// before are known, and the lines with errors are read once more for messages with the right
// numbers.
#pragma once

#include <compare>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "load/source_queue.h"
#include "rdf/statement.h"

namespace tripten {

/// What lenient sources left out.
struct SkippedStatements {
  static constexpr std::size_t kShown = 10;
  std::uint64_t count = 0;
  std::vector<std::string> first{};  ///< The messages of the first kShown, in the sources' order.
};

class SourceReader {
 public:
  /// The sources outlive it. `on_piece` is called behind each piece, by one thread at a time, with
  /// the bytes read of each source's file.
  using OnPiece = std::function<void(std::size_t source, std::uint64_t position)>;
  SourceReader(const std::vector<LoadSource>& sources, OnPiece on_piece)
      : sources_(sources),
        on_piece_(std::move(on_piece)),
        queue_(sources) {}

  /// One thread's part of the work: statements of the pieces that it gets go to `sink`, with
  /// `set_source` telling which source's. Throws nothing that a source or the sink threw: finish()
  /// does.
  void work(StatementSink& sink, const std::function<void(std::size_t source)>& set_source);

  /// When all threads have ended. Throws the error of the first piece that had one.
  SkippedStatements finish();

 private:
  /// A line that read_rdf() has something against, or a message of a source that has no lines.
  struct Complaint {
    std::size_t piece = 0, source = 0;
    std::uint64_t lines_before = 0;  // in the piece
    std::string line{}, name{};
    std::optional<Error> error{};  // in place of a line

    friend bool operator<(const Complaint& a, const Complaint& b) {
      return std::pair(a.piece, a.lines_before) < std::pair(b.piece, b.lines_before);
    }
  };

  /// Ends reading: an error of one piece, as a line to be read again or as what was thrown.
  struct Failure {
    std::size_t piece = 0;
    std::optional<Complaint> line{};
    std::exception_ptr thrown{};
  };

  void read_lines(const SourcePiece& piece, StatementSink& sink);
  void read_whole(const SourcePiece& piece, StatementSink& sink);
  void skip(Complaint complaint);
  void fail(Failure failure);
  std::optional<Error> complaint_of(const Complaint& complaint) const;

  const std::vector<LoadSource>& sources_;
  OnPiece on_piece_;
  SourceQueue queue_;

  std::mutex mutex_{};  // of all below
  struct PieceLines {
    std::size_t source = 0;
    std::uint64_t lines = 0;
  };
  std::vector<PieceLines> lines_{};   // by piece
  std::vector<Complaint> skipped_{};  // at least the first kShown
  std::uint64_t skipped_count_ = 0;
  std::optional<Failure> failure_{};  // of the first piece that has one
};

}  // namespace tripten
