// N-Triples, N-Quads, Turtle and TriG: the cutter cuts, serd parses, SerdTerms makes terms.
//
// serd is C: an exception must not pass through it. A callback keeps what is thrown, answers with
// an error, and so does every callback until serd returns; then the exception goes on.
//
// A lenient reader takes one statement at a time and lets serd go over it twice: first with the
// callbacks only checking, so that nothing of a bad statement reaches the sink.
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <serd/serd.h>

#include "base/check.h"
#include "rdf/reader_parts.h"
#include "rdf/serd_errors.h"
#include "rdf/serd_terms.h"
#include "rdf/statement_cutter.h"

namespace tripten {
namespace {

SerdSyntax syntax_of(Format format) {
  switch (format) {
    case Format::NTriples:
      return SERD_NTRIPLES;
    case Format::NQuads:
      return SERD_NQUADS;
    case Format::Turtle:
      return SERD_TURTLE;
    default:
      return SERD_TRIG;
  }
}

struct FreeSerd {
  void operator()(SerdReader* reader) const { serd_reader_free(reader); }
};

class TextReader {
 public:
  TextReader(Input& input, const ReadOptions& options, StatementSink& sink, std::size_t piece_bytes)
      : options_(options),
        sink_(sink),
        syntax_(syntax_of(options.format)),
        cutter_(input, options.format, options.lenient ? 1 : piece_bytes, options.first_line),
        terms_(options.base, syntax_ == SERD_TURTLE || syntax_ == SERD_TRIG) {
    start_serd();
  }
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;

  std::uint64_t read();

 private:
  /// Whether statements go on to the sink, or are only looked at.
  enum class Run { Real, Dry };

  void start_serd();
  void read_leniently(const StatementPiece& piece);
  Error first_error(const StatementPiece& piece);
  void skip(const Error& error, const StatementPiece& piece);
  std::optional<Error> parse(const StatementPiece& piece, Run run);
  Error error_in(const std::string& text);

  template <typename Work>
  SerdStatus guarded(Work work);
  void declare_base(const SerdNode& iri);
  void declare_prefix(const SerdNode& name, const SerdNode& iri);
  void take(const SerdNode* graph, const SerdNode& subject, const SerdNode& predicate,
            const SerdNode& object, const SerdNode* datatype, const SerdNode* language);

  static SerdStatus on_base(void* self, const SerdNode* iri);
  static SerdStatus on_prefix(void* self, const SerdNode* name, const SerdNode* iri);
  static SerdStatus on_statement(void* self, SerdStatementFlags, const SerdNode* graph,
                                 const SerdNode* subject, const SerdNode* predicate,
                                 const SerdNode* object, const SerdNode* datatype,
                                 const SerdNode* language);
  static SerdStatus on_error(void* self, const SerdError* error);

  const ReadOptions& options_;
  StatementSink& sink_;
  const SerdSyntax syntax_;
  StatementCutter cutter_;
  SerdTerms terms_;
  std::unique_ptr<SerdReader, FreeSerd> serd_{};
  std::uint64_t statements_ = 0;

  // Of the piece that serd is parsing.
  Run run_ = Run::Real;
  bool starts_in_graph_ = false, ends_in_graph_ = false;
  std::size_t events_ = 0;  // statements and directives, the failed one included
  std::exception_ptr thrown_{};
  std::optional<TermProblem> problem_{};
  std::optional<std::string> message_{};  // serd's first
  std::size_t error_offset_ = 0;          // what serd looked at

  Term graph_{};  // that the piece before left open
  bool graph_is_known_ = true;
  // The bytes of views that are not serd's.
  std::string subject_text_{}, predicate_text_{}, object_text_{}, graph_text_{};
};

template <typename Work>
SerdStatus TextReader::guarded(Work work) {
  if (thrown_ || problem_ || message_) return SERD_ERR_INTERNAL;
  ++events_;
  try {
    work();
    return SERD_SUCCESS;
  } catch (const TermProblem& problem) {
    problem_ = problem;
  } catch (...) {  // to be thrown again on our side of serd
    thrown_ = std::current_exception();
  }
  return SERD_ERR_INTERNAL;
}

SerdStatus TextReader::on_base(void* self, const SerdNode* iri) {
  auto& reader = *static_cast<TextReader*>(self);
  return reader.guarded([&] { reader.declare_base(*iri); });
}

SerdStatus TextReader::on_prefix(void* self, const SerdNode* name, const SerdNode* iri) {
  auto& reader = *static_cast<TextReader*>(self);
  return reader.guarded([&] { reader.declare_prefix(*name, *iri); });
}

SerdStatus TextReader::on_statement(void* self, SerdStatementFlags, const SerdNode* graph,
                                    const SerdNode* subject, const SerdNode* predicate,
                                    const SerdNode* object, const SerdNode* datatype,
                                    const SerdNode* language) {
  auto& reader = *static_cast<TextReader*>(self);
  return reader.guarded(
      [&] { reader.take(graph, *subject, *predicate, *object, datatype, language); });
}

SerdStatus TextReader::on_error(void* self, const SerdError* error) {
  auto& reader = *static_cast<TextReader*>(self);
  if (!reader.thrown_ && !reader.problem_ && !reader.message_)
    reader.message_ = text_of_serd_error(*error);
  return SERD_SUCCESS;
}

void TextReader::start_serd() {
  serd_.reset(serd_reader_new(syntax_, this, nullptr, on_base, on_prefix, on_statement, nullptr));
  check(serd_ != nullptr, "serd does not start");
  serd_reader_set_strict(serd_.get(), true);
  serd_reader_set_error_sink(serd_.get(), on_error, this);
  terms_.restart_generated();
}

/// Of two runs over a piece, the dry one comes first and its directives count.
void TextReader::declare_base(const SerdNode& iri) {
  if (run_ == Run::Dry || !options_.lenient) terms_.set_base(iri);
}

void TextReader::declare_prefix(const SerdNode& name, const SerdNode& iri) {
  if (run_ == Run::Dry || !options_.lenient) terms_.set_prefix(name, iri);
}

void TextReader::take(const SerdNode* graph, const SerdNode& subject, const SerdNode& predicate,
                      const SerdNode& object, const SerdNode* datatype, const SerdNode* language) {
  const Statement statement{
      .subject = terms_.view(&subject, subject_text_),
      .predicate = terms_.view(&predicate, predicate_text_),
      .object = object.type == SERD_LITERAL
                    ? terms_.literal(object, datatype, language, object_text_)
                    : terms_.view(&object, object_text_),
      .graph = starts_in_graph_ ? view_of(graph_) : terms_.view(graph, graph_text_)};
  if (ends_in_graph_ && !starts_in_graph_) {
    if (statement.graph != view_of(graph_)) graph_ = term_of(statement.graph);
    graph_is_known_ = true;
  }
  if (run_ == Run::Dry) return;
  sink_.add(statement);
  ++statements_;
}

/// What is wrong with the piece, if anything; throws what a callback threw.
std::optional<Error> TextReader::parse(const StatementPiece& piece, Run run) {
  run_ = run;
  starts_in_graph_ = piece.starts_in_graph;
  ends_in_graph_ = piece.ends_in_graph;
  events_ = 0;
  thrown_ = nullptr;
  problem_.reset();
  message_.reset();
  const SerdStatus status =
      serd_reader_read_string(serd_.get(), reinterpret_cast<const uint8_t*>(piece.text.c_str()));
  if (!thrown_ && !problem_ && !message_ && status == SERD_SUCCESS) {
    check(events_ >= piece.dots || cutter_.fault(), "serd has passed over a statement");
    return std::nullopt;
  }
  start_serd();  // what serd keeps of a broken statement goes
  if (thrown_) std::rethrow_exception(thrown_);
  return error_in(piece.text);
}

Error TextReader::error_in(const std::string& text) {
  const SerdPlace place = locate_serd_error(text, syntax_, problem_ ? events_ : 0);
  error_offset_ = place.at;
  if (problem_)
    return cutter_.error_at(offset_of_term(text, problem_->text, place), ErrorCode::Invalid,
                            problem_->what);
  const PlacedError error = reworded_serd_error(text, syntax_, message_.value_or(""), place);
  return cutter_.error_at(error.offset, error.code, error.what);
}

/// Of a piece that the cutter's fault ends: serd may find an error before the fault.
Error TextReader::first_error(const StatementPiece& piece) {
  const Error fault = *cutter_.fault();
  const std::optional<Error> error = parse(piece, Run::Dry);
  return error && error_offset_ < piece.text.size() ? *error : fault;
}

void TextReader::read_leniently(const StatementPiece& piece) {
  if (piece.starts_in_graph && !graph_is_known_) {
    const std::size_t begin = piece.text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return;  // only the graph's brace
    skip(cutter_.error_at(begin, ErrorCode::Invalid, "the graph of this statement can't be read"),
         piece);
  } else if (const auto error = parse(piece, Run::Dry)) {
    skip(*error, piece);
  } else {
    check(!parse(piece, Run::Real), "serd reads the same text in two ways");
  }
}

void TextReader::skip(const Error& error, const StatementPiece& piece) {
  if (options_.on_skip) options_.on_skip(error);
  if (piece.starts_in_graph || !piece.ends_in_graph) return;
  // The statement is left out, but the graph that begins with it goes on.
  StatementPiece head = piece;
  head.text.resize(piece.graph_begin);
  head.text += "<x:s> <x:p> <x:o> }";
  graph_is_known_ = false;
  parse(head, Run::Dry);
}

std::uint64_t TextReader::read() {
  StatementPiece piece;
  for (;;) {
    while (cutter_.next(piece)) {
      if (options_.interrupt) options_.interrupt->check();
      if (options_.lenient)
        read_leniently(piece);
      else if (const auto error = parse(piece, Run::Real))
        throw *error;
    }
    if (!cutter_.fault()) return statements_;
    const Error error = first_error(piece);
    if (!options_.lenient) throw error;
    skip(error, piece);
    cutter_.skip_fault();
  }
}

}  // namespace

std::uint64_t read_rdf_text(Input& input, const ReadOptions& options, StatementSink& sink,
                            std::size_t piece_bytes) {
  return TextReader(input, options, sink, piece_bytes).read();
}

}  // namespace tripten
