#include "load/source_reader.h"

#include <algorithm>

#include "base/input.h"
#include "rdf/line_reader.h"
#include "rdf/reader.h"

namespace tripten {
namespace {

bool is_about_data(const Error& error) {
  return error.code == ErrorCode::Syntax || error.code == ErrorCode::Invalid;
}

/// Takes statements and forgets them.
class NoSink : public StatementSink {
 public:
  void begin_source() override {}
  void add(const Statement&) override {}
};

/// A single line cannot begin a blank node scope of its own.
class SameScope : public StatementSink {
 public:
  explicit SameScope(StatementSink& sink) : sink_(sink) {}
  void begin_source() override {}
  void add(const Statement& statement) override { sink_.add(statement); }

 private:
  StatementSink& sink_;
};

}  // namespace

void SourceReader::work(StatementSink& sink,
                        const std::function<void(std::size_t source)>& set_source) {
  SourcePiece piece;
  for (bool goes_on = true; goes_on;) {
    try {
      goes_on = queue_.next(piece);
      if (!goes_on) return;
      set_source(piece.source);
      if (piece.input)
        read_whole(piece, sink);
      else
        read_lines(piece, sink);
      const std::lock_guard lock(mutex_);
      if (on_piece_) on_piece_(piece.source, piece.position);
    } catch (const Error& error) {
      if (piece.source < sources_.size() && sources_[piece.source].options.lenient &&
          is_about_data(error))
        skip({.piece = piece.number, .source = piece.source, .error = error});
      else
        fail({.piece = piece.number, .thrown = std::current_exception()});
    } catch (...) {  // the root of a thread: finish() throws it again
      fail({.piece = piece.number, .thrown = std::current_exception()});
    }
  }
}

void SourceReader::read_whole(const SourcePiece& piece, StatementSink& sink) {
  ReadOptions options = sources_[piece.source].options;
  std::uint64_t skipped = 0;
  options.on_skip = [&](const Error& error) {
    skip(
        {.piece = piece.number, .source = piece.source, .lines_before = skipped++, .error = error});
  };
  read_rdf(*piece.input, options, sink);
}

void SourceReader::read_lines(const SourcePiece& piece, StatementSink& sink) {
  ReadOptions options = sources_[piece.source].options;
  if (options.interrupt) options.interrupt->check();
  LineReader reader(options.format, piece.lines);
  SameScope same_scope(sink);
  while (!reader.read(sink)) {
    Complaint complaint{.piece = piece.number,
                        .source = piece.source,
                        .lines_before = reader.lines(),
                        .line = std::string(reader.pass_line()),
                        .name = piece.name};
    const auto line = text_input(complaint.line, piece.name);
    options.on_skip = [&](const Error&) { skip(complaint); };
    try {
      read_rdf(*line, options, same_scope);
    } catch (const Error& error) {
      if (!is_about_data(error) && error.code != ErrorCode::Limit) throw;
      fail({.piece = piece.number, .line = complaint, .thrown = std::current_exception()});
      return;
    }
  }
  const std::lock_guard lock(mutex_);
  lines_.resize(std::max(lines_.size(), piece.number + 1));
  lines_[piece.number] = {piece.source, reader.lines()};
}

void SourceReader::skip(Complaint complaint) {
  const std::lock_guard lock(mutex_);
  ++skipped_count_;
  skipped_.push_back(std::move(complaint));
  if (skipped_.size() < 4 * SkippedStatements::kShown) return;
  std::stable_sort(skipped_.begin(), skipped_.end());
  skipped_.resize(SkippedStatements::kShown);
}

void SourceReader::fail(Failure failure) {
  queue_.stop();
  const std::lock_guard lock(mutex_);
  if (!failure_ || failure.piece < failure_->piece) failure_ = std::move(failure);
}

/// What there is to say against a line, or what was said.
std::optional<Error> SourceReader::complaint_of(const Complaint& complaint) const {
  if (complaint.error) return complaint.error;
  ReadOptions options = sources_[complaint.source].options;
  options.lenient = false;
  options.first_line = 1 + complaint.lines_before;
  for (std::size_t piece = 0; piece < std::min(complaint.piece, lines_.size()); ++piece)
    if (lines_[piece].source == complaint.source) options.first_line += lines_[piece].lines;
  NoSink sink;
  try {
    read_rdf(*text_input(complaint.line, complaint.name), options, sink);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

SkippedStatements SourceReader::finish() {
  if (failure_) {
    if (failure_->line)
      if (const auto error = complaint_of(*failure_->line)) throw *error;
    std::rethrow_exception(failure_->thrown);
  }
  std::stable_sort(skipped_.begin(), skipped_.end());
  SkippedStatements skipped{.count = skipped_count_};
  for (const Complaint& complaint : skipped_) {
    if (skipped.first.size() == SkippedStatements::kShown) break;
    if (const auto error = complaint_of(complaint)) skipped.first.emplace_back(error->what());
  }
  return skipped;
}

}  // namespace tripten
