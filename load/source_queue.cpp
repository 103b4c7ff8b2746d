#include "load/source_queue.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tripten {
namespace {

/// Large enough that a turn at the queue costs nothing, small enough for the processor's cache.
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// A line longer than any statement may be: the parser will say so.
constexpr std::size_t kLongestLine = std::size_t{129} << 20;

bool has_lines(Format format) {
  return format == Format::NTriples || format == Format::NQuads;
}

}  // namespace

bool SourceQueue::next(SourcePiece& piece) {
  const std::lock_guard lock(mutex_);
  piece.input.reset();
  piece.lines.clear();
  for (;;) {
    if (is_stopped_) return false;
    piece.number = next_piece_;
    if (!lines_) {
      if (next_source_ == sources_.size()) return false;
      if (open_next(piece)) return true;
    }
    piece.source = next_source_ - 1;
    piece.name = lines_->name();
    std::unique_ptr<Input> input = std::move(lines_);  // not tried again when it throws
    if (cut_lines(*input, piece.lines)) {
      if (std::exchange(is_first_piece_, false) && piece.lines.starts_with(kByteOrderMark))
        piece.lines.erase(0, kByteOrderMark.size());
      piece.position = input->position();
      lines_ = std::move(input);
      ++next_piece_;
      return true;
    }
  }
}

/// True where the source is a piece.
bool SourceQueue::open_next(SourcePiece& piece) {
  const LoadSource& source = sources_[next_source_++];
  carried_.clear();
  std::unique_ptr<Input> input = source.open();
  if (has_lines(source.options.format)) {
    lines_ = std::move(input);
    is_first_piece_ = true;
    return false;
  }
  piece.source = next_source_ - 1;
  piece.name = input->name();
  piece.input = std::move(input);
  ++next_piece_;
  return true;
}

/// False at the end of the source.
bool SourceQueue::cut_lines(Input& input, std::string& lines) {
  lines.swap(carried_);
  carried_.clear();
  for (std::size_t size = lines.size(), searched = 0;; searched = size) {
    lines.resize(std::max(kPieceBytes, size * 2));
    while (size < lines.size()) {
      const std::size_t got = input.read(lines.data() + size, lines.size() - size);
      if (got == 0) {
        lines.resize(size);
        return size != 0;
      }
      size += got;
    }
    const std::size_t end = std::string_view(lines).substr(searched).rfind('\n');
    if (end != std::string_view::npos) {
      carried_.assign(lines, searched + end + 1);
      lines.resize(searched + end + 1);
      return true;
    }
    if (size > kLongestLine) return true;
  }
}

}  // namespace tripten
