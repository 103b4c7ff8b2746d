// StatementCutter: cuts a text of Turtle, TriG, N-Triples or N-Quads into pieces of whole
// statements.
//
// serd gets one piece after another, so that memory stays constant, that an error can be told with
// its place and the words that stand there, and that a lenient reader can leave out one statement.
// The cutter checks on the way what must not reach serd, or what serd lets pass:
//
//   - bytes that are no UTF-8;
//   - strings, IRIs and escapes (rdf/text_token.h);
//   - brackets that do not match, or are nested deeper than serd's recursion can go;
//   - the line structure of N-Triples and N-Quads.
//
// A TriG graph longer than a piece is cut too: its first piece is closed by a `}` of our own, the
// others are plain triples that belong to the same graph.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"
#include "tripten/format.h"

#include "base/input.h"
#include "rdf/text_token.h"

namespace tripten {

/// Labels that serd would confuse with its own (b1, B1) get this letter in front; labels that begin
/// with the letter get it twice.
constexpr std::string_view kLabelGuard = "z";

/// Whole statements, as serd is to read them.
struct StatementPiece {
  std::string text{};            ///< With guarded labels, and braces as described above.
  bool starts_in_graph = false;  ///< Plain triples of the graph that the piece before left open.
  bool ends_in_graph = false;    ///< The last graph goes on in the next piece.
  std::size_t dots = 0;          ///< That end statements: each gives serd something to report.
  std::size_t graph_begin = 0;   ///< Where ends_in_graph: the offset behind its `{`.
};

class StatementCutter {
 public:
  /// Pieces are about `piece_bytes` long or, if longer, one statement.
  StatementCutter(Input& input, Format format, std::size_t piece_bytes, std::size_t first_line = 1);

  /// The next piece; false at the end of the input, and at a fault: then `piece` is what comes
  /// before the fault, the beginning of a statement.
  bool next(StatementPiece& piece);

  /// What ended next(), with its place; nothing at the end of the input.
  const std::optional<Error>& fault() const { return fault_; }
  /// Goes on behind the statement (N-Triples, N-Quads: the line) with the fault.
  void skip_fault();

  /// An error at an offset of the last piece's text. The first `{}` of `what` becomes what stands
  /// there.
  Error error_at(std::size_t offset_in_piece, ErrorCode code, const std::string& what) const;

 private:
  enum class Step { More, Cut, End, Fault };

  /// A change on the way into a piece: `text` in place of `removed` bytes of the buffer.
  struct Edit {
    std::size_t offset, removed;
    std::string_view text;
  };

  bool lines_count() const { return format_ == Format::NTriples || format_ == Format::NQuads; }
  bool is_in_graph() const { return open_.starts_with('{'); }
  bool is_long_enough() const { return scanned_ - begin_ >= piece_bytes_; }
  /// The statement is `[ ]`, which says nothing; serd lets it pass.
  bool is_lone_node() const {
    return statement_tokens_ == 2 && previous_ == TextTokenKind::Close && previous_bracket_ == ']';
  }
  std::string_view text() const { return {buffer_.data(), checked_}; }
  bool is_all() const { return is_read_ && checked_ == buffer_.size(); }

  void fill();
  void check_bytes();
  Step step();
  Step need_more();
  Step take(const TextToken& token);
  Step take_in_line(const TextToken& token);
  Step take_open(const TextToken& token);
  Step take_close();
  Step take_dot();
  Step take_name(const TextToken& token);
  Step take_at();
  Step end_of_text();
  Step fail(std::size_t at, const std::string& what, ErrorCode code = ErrorCode::Syntax);
  void guard_number();
  void guard_label();
  void join_literal(const TextToken& token);
  void guard_quotes(const TextToken& token);
  void escape_nul(const TextToken& token);
  void emit(StatementPiece& piece, std::size_t end);
  void pass(std::size_t to);
  std::size_t statement_end_from(std::size_t at) const;
  Error error_at_byte(std::size_t offset, ErrorCode code, const std::string& what) const;

  Input& input_;
  const Format format_;
  const std::size_t piece_bytes_;

  std::string buffer_{};     // what is read and not yet passed
  bool is_read_ = false;     // nothing follows the buffer
  std::size_t checked_ = 0;  // the bytes before are UTF-8
  bool has_nul_ = false;     // somewhere among them
  bool bad_byte_ = false;    // the byte at checked_ is not
  std::size_t begin_ = 0;    // of the piece that is being cut or has just been given out
  std::size_t piece_end_ = 0;
  std::size_t scanned_ = 0;  // the tokens before have been taken
  std::size_t line_;         // of begin_
  std::size_t column_ = 1;   // of begin_, in code points

  std::string open_{};                               // brackets, the outermost first
  std::size_t graph_begin_ = 0;                      // behind the last {
  bool starts_in_graph_ = false;                     // the piece
  std::size_t dots_ = 0;                             // in the piece
  bool has_tokens_ = false;                          // the piece
  TextTokenKind previous_ = TextTokenKind::LineEnd;  // token but Space and Comment
  std::size_t previous_end_ = 0;
  std::size_t statement_tokens_ = 0;  // since the last statement's end
  char previous_bracket_ = ' ';       // of the last Close
  std::vector<Edit> edits_{};         // by offset; of the piece

  std::optional<Error> fault_{};
  std::size_t fault_at_ = 0;
};

}  // namespace tripten
