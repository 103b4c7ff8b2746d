// SourceQueue: hands the sources of a load out to the threads that parse them, piece by piece.
//
// Lines of N-Triples and N-Quads are cut at line ends, so that all threads parse one file. Any
// other format is one piece a file: only its parser knows where its statements end. Pieces are
// numbered in the order of the sources, whichever thread gets them. Shared by the threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/input.h"
#include "rdf/reader.h"

namespace tripten {

/// One file or stream of RDF.
struct LoadSource {
  std::function<std::unique_ptr<Input>()> open{};
  ReadOptions options{};
};

struct SourcePiece {
  std::size_t number = 0;
  std::size_t source = 0;
  std::string lines{};             ///< Whole lines, the file's last one perhaps without a break.
  std::unique_ptr<Input> input{};  ///< In place of lines: all of the source.
  std::string name{};              ///< What errors call the source.
  std::uint64_t position = 0;      ///< Bytes of the source's file that have been read.
};

class SourceQueue {
 public:
  /// The sources outlive it.
  explicit SourceQueue(const std::vector<LoadSource>& sources) : sources_(sources) {}

  /// The next piece; false where there is none, or stop() was called. What an input throws belongs
  /// to the piece whose number `piece` then has.
  bool next(SourcePiece& piece);
  /// Gives no more pieces out.
  void stop() { is_stopped_ = true; }

 private:
  bool open_next(SourcePiece& piece);
  bool cut_lines(Input& input, std::string& lines);

  const std::vector<LoadSource>& sources_;
  std::atomic<bool> is_stopped_{false};

  std::mutex mutex_{};  // of all below
  std::size_t next_piece_ = 0, next_source_ = 0;
  std::unique_ptr<Input> lines_{};  // the source that is being cut
  bool is_first_piece_ = false;     // of lines_
  std::string carried_{};           // of its last line read, the beginning
};

}  // namespace tripten
