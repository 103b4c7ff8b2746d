// RDF/XML by raptor2, which has its XML from libxml2.
//
// Nothing but the input is read: external entities, files and the network are off. raptor2 gets one
// tag at a time, so that the scanner's place and language are those of what raptor2 reports.
//
// raptor2 is C: an exception must not pass through it. A callback keeps what is thrown and ends the
// parse; then the exception goes on.
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <raptor2/raptor2.h>

#include "base/check.h"
#include "base/utf8.h"
#include "rdf/blank_label.h"
#include "rdf/iri.h"
#include "rdf/language_tag.h"
#include "rdf/raptor_world.h"
#include "rdf/reader_parts.h"
#include "rdf/vocabulary.h"
#include "rdf/xml_message.h"
#include "rdf/xml_scanner.h"

namespace tripten {
namespace {

/// raptor2 wants a base; where there is none, an IRI that begins with this one was relative.
constexpr std::string_view kNoBase = "tripten-no-base://none/";

struct FreeRaptor {
  void operator()(raptor_parser* parser) const { raptor_free_parser(parser); }
  void operator()(raptor_uri* uri) const { raptor_free_uri(uri); }
};

std::string_view text_of(raptor_uri* uri) {
  std::size_t size = 0;
  const unsigned char* text = raptor_uri_as_counted_string(uri, &size);
  return {reinterpret_cast<const char*>(text), size};
}

std::string_view text_of(const unsigned char* text) {
  return reinterpret_cast<const char*>(text);
}

/// raptor2 only warns of some forms that RDF/XML does not have, and leaves them out.
bool is_failure(const raptor_log_message& message) {
  const std::string_view text = message.text;
  return message.level >= RAPTOR_LOG_LEVEL_ERROR ||
         text.find("forbidden") != std::string_view::npos ||
         text.find("skipping") != std::string_view::npos;
}

class XmlReader {
 public:
  XmlReader(Input& input, const ReadOptions& options, StatementSink& sink);
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  std::uint64_t read();

 private:
  void take(const raptor_statement& statement);
  TermView view(const raptor_term& term);
  TermView literal(const raptor_term_literal_value& value);
  std::string_view checked_iri(raptor_uri* uri);
  unsigned char* label(unsigned char* written);
  void keep_message(const raptor_log_message& message);
  void feed(std::string_view piece);

  XmlScanner scanner_;
  const ReadOptions& options_;
  StatementSink& sink_;
  const RaptorWorld world_{};
  std::unique_ptr<raptor_parser, FreeRaptor> parser_{};  // goes before its world
  std::uint64_t statements_ = 0;
  std::uint64_t generated_ = 0;
  bool is_at_end_ = false;
  std::exception_ptr thrown_{};
};

XmlReader::XmlReader(Input& input, const ReadOptions& options, StatementSink& sink)
    : scanner_(input),
      options_(options),
      sink_(sink) {
  raptor_world_set_log_handler(world_.get(), this, [](void* self, raptor_log_message* message) {
    static_cast<XmlReader*>(self)->keep_message(*message);
  });
  raptor_world_set_generate_bnodeid_handler(world_.get(), this,
                                            [](void* self, unsigned char* written) {
                                              return static_cast<XmlReader*>(self)->label(written);
                                            });
  parser_.reset(raptor_new_parser(world_.get(), "rdfxml"));
  check(parser_ != nullptr, "raptor2 has no RDF/XML");
  for (const raptor_option off :
       {RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, RAPTOR_OPTION_NORMALIZE_LANGUAGE,
        RAPTOR_OPTION_SCANNING, RAPTOR_OPTION_NON_NFC_FATAL})
    raptor_parser_set_option(parser_.get(), off, nullptr, 0);
  for (const raptor_option on :
       {RAPTOR_OPTION_NO_NET, RAPTOR_OPTION_NO_FILE, RAPTOR_OPTION_CHECK_RDF_ID})
    raptor_parser_set_option(parser_.get(), on, nullptr, 1);
  raptor_parser_set_statement_handler(parser_.get(), this,
                                      [](void* self, raptor_statement* statement) {
                                        static_cast<XmlReader*>(self)->take(*statement);
                                      });
}

void XmlReader::keep_message(const raptor_log_message& message) {
  if (thrown_ || !is_failure(message)) return;
  thrown_ = std::make_exception_ptr(
      scanner_.error_here(ErrorCode::Syntax, reworded_xml_message(message.text, is_at_end_)));
  if (parser_) raptor_parser_parse_abort(parser_.get());
}

/// raptor2 asks for a label of each blank node: `written` is rdf:nodeID's, or null.
unsigned char* XmlReader::label(unsigned char* written) {
  std::string scratch;
  const std::string text = written ? std::string(written_label(text_of(written), scratch))
                                   : generated_label(++generated_);
  if (written) raptor_free_memory(written);
  auto* copy = static_cast<unsigned char*>(raptor_alloc_memory(text.size() + 1));
  if (copy) std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

std::string_view XmlReader::checked_iri(raptor_uri* uri) {
  const std::string_view iri = text_of(uri);
  if (iri.starts_with(kNoBase))
    throw scanner_.error_here(
        ErrorCode::Invalid,
        fmt::format("the relative IRI <{}> has no base", excerpt(iri.substr(kNoBase.size()), 60)));
  if (!is_absolute_iri(iri))
    throw scanner_.error_here(ErrorCode::Invalid,
                              fmt::format("the IRI <{}> is not absolute", excerpt(iri, 60)));
  if (!has_iri_characters(iri))
    throw scanner_.error_here(
        ErrorCode::Invalid,
        fmt::format("the IRI <{}> holds a character that no IRI can hold", excerpt(iri, 60)));
  return iri;
}

TermView XmlReader::view(const raptor_term& term) {
  switch (term.type) {
    case RAPTOR_TERM_TYPE_URI:
      return {.kind = TermKind::Iri, .value = checked_iri(term.value.uri)};
    case RAPTOR_TERM_TYPE_BLANK:
      return {.kind = TermKind::Blank,
              .value = {reinterpret_cast<const char*>(term.value.blank.string),
                        term.value.blank.string_len}};
    case RAPTOR_TERM_TYPE_LITERAL:
      return literal(term.value.literal);
    default:
      break;
  }
  check(false, "raptor2 made a term of an unknown kind");
  return {};
}

TermView XmlReader::literal(const raptor_term_literal_value& value) {
  TermView term{.kind = TermKind::Literal,
                .value = {reinterpret_cast<const char*>(value.string), value.string_len}};
  if (value.datatype) {
    term.datatype = checked_iri(value.datatype);
    if (term.datatype == kXsdString) term.datatype = {};
    return term;
  }
  // raptor2 has no language for property attributes; the element's applies (RDF/XML §7.2.11).
  term.language = value.language ? text_of(value.language) : scanner_.language();
  if (!term.language.empty() && !is_language_tag(term.language))
    throw scanner_.error_here(ErrorCode::Invalid,
                              fmt::format("{} is no language tag", excerpt(term.language, 40)));
  return term;
}

void XmlReader::take(const raptor_statement& statement) {
  if (thrown_) return;
  try {
    sink_.add({.subject = view(*statement.subject),
               .predicate = view(*statement.predicate),
               .object = view(*statement.object),
               .graph = {}});
    ++statements_;
  } catch (...) {  // to be thrown again on our side of raptor2
    thrown_ = std::current_exception();
    raptor_parser_parse_abort(parser_.get());
  }
}

void XmlReader::feed(std::string_view piece) {
  const int failed =
      raptor_parser_parse_chunk(parser_.get(), reinterpret_cast<const unsigned char*>(piece.data()),
                                piece.size(), is_at_end_ ? 1 : 0);
  if (thrown_) std::rethrow_exception(thrown_);
  if (failed) throw scanner_.error_here(ErrorCode::Syntax, "this is not RDF/XML");
}

std::uint64_t XmlReader::read() {
  const std::string base(options_.base.empty() ? kNoBase : options_.base);
  const std::unique_ptr<raptor_uri, FreeRaptor> uri(
      raptor_new_uri(world_.get(), reinterpret_cast<const unsigned char*>(base.c_str())));
  check(uri && raptor_parser_parse_start(parser_.get(), uri.get()) == 0, "raptor2 does not parse");
  for (std::string_view piece; scanner_.next(piece);) {
    if (options_.interrupt) options_.interrupt->check();
    feed(piece);
  }
  is_at_end_ = true;
  feed({});
  return statements_;
}

}  // namespace

std::uint64_t read_rdf_xml(Input& input, const ReadOptions& options, StatementSink& sink) {
  return XmlReader(input, options, sink).read();
}

}  // namespace tripten
