// SPARQL Query Results XML Format (Second Edition), from the events of libxml2's parser.
//
//   <sparql xmlns="http://www.w3.org/2005/sparql-results#">
//     <head> <variable name="x"/> <link href="..."/> </head>
//     <results> <result> <binding name="x"> <uri>...</uri> </binding> </result> </results>
//   or
//     <boolean>true</boolean>
//   </sparql>
//
// Nothing but the input is read. A document type declaration, with which entities come, is refused
// before its content is looked at. Elements that the format does not have are errors, so that the
// nesting is five deep at most.
//
// libxml2 is C: an exception must not pass through it. A callback keeps what is thrown and stops
// the parser; then the exception goes on.
#include <algorithm>
#include <array>
#include <exception>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/check.h"
#include "base/utf8.h"
#include "query/results/reader_parts.h"
#include "rdf/xml_message.h"

namespace tripten {
namespace {

constexpr std::string_view kNamespace = "http://www.w3.org/2005/sparql-results#";
constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

/// libxml2 keeps every name of a document; this many bytes of them are enough.
constexpr std::size_t kMostNameBytes = std::size_t{1} << 20;

enum class Element {
  Outside,
  Sparql,
  Head,
  Variable,
  Link,
  Results,
  Result,
  Binding,
  Uri,
  Bnode,
  Literal,
  Boolean
};

struct ElementRule {
  std::string_view name;
  Element element, parent;
};

constexpr std::array<ElementRule, 11> kElements{{
    {"sparql", Element::Sparql, Element::Outside},
    {"head", Element::Head, Element::Sparql},
    {"variable", Element::Variable, Element::Head},
    {"link", Element::Link, Element::Head},
    {"results", Element::Results, Element::Sparql},
    {"boolean", Element::Boolean, Element::Sparql},
    {"result", Element::Result, Element::Results},
    {"binding", Element::Binding, Element::Result},
    {"uri", Element::Uri, Element::Binding},
    {"bnode", Element::Bnode, Element::Binding},
    {"literal", Element::Literal, Element::Binding},
}};

bool holds_text(Element element) {
  return element == Element::Uri || element == Element::Bnode || element == Element::Literal ||
         element == Element::Boolean;
}

const ElementRule& rule_of(Element element) {
  return *std::find_if(kElements.begin(), kElements.end(),
                       [&](const ElementRule& rule) { return rule.element == element; });
}

std::string_view text_of(const xmlChar* text) {
  return text ? reinterpret_cast<const char*>(text) : "";
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

/// The attributes of a tag, five pointers each: name, prefix, namespace, begin and end of the
/// value.
class Attributes {
 public:
  Attributes(const xmlChar** at, int count) : at_(at), count_(count) {}

  std::string_view value(std::string_view name, std::string_view of_namespace = {}) const {
    for (int i = 0; i < count_; ++i) {
      const xmlChar** attribute = at_ + i * 5;
      if (text_of(attribute[0]) == name && text_of(attribute[2]) == of_namespace)
        return {reinterpret_cast<const char*>(attribute[3]),
                static_cast<std::size_t>(attribute[4] - attribute[3])};
    }
    return {};
  }

 private:
  const xmlChar** at_;
  int count_;
};

struct FreeParser {
  void operator()(xmlParserCtxt* parser) const {
    if (parser->myDoc) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
};

class XmlSolutions : public Place {
 public:
  XmlSolutions(Input& input, SolutionSink& sink);

  void read();
  Error error(ErrorCode code, std::string_view what) const override;

 private:
  int read_bytes(char* to, int size);
  void start(std::string_view name, std::string_view of_namespace, const Attributes& attributes);
  void enter(Element element, const Attributes& attributes);
  void end();
  void take_term(Element element);
  void take_boolean();
  void characters(std::string_view text);
  void fault(const xmlError& error);
  Error unexpected(std::string_view name) const;
  Error wrong(std::string_view what) const { return error(ErrorCode::Syntax, what); }
  template <typename Work>
  void guarded(Work work);
  template <typename Work>
  void on_event(Work work);

  static XmlSolutions& of(void* self) { return *static_cast<XmlSolutions*>(self); }
  static xmlSAXHandler handler();

  Input& input_;
  SolutionSink& sink_;
  std::unique_ptr<xmlParserCtxt, FreeParser> parser_{};
  std::exception_ptr thrown_{};
  std::size_t solution_bytes_ = 0;  // since the last solution
  bool is_read_ = false;            // the input has ended
  SolutionRow row_;
  Element inside_ = Element::Outside;
  bool has_head_ = false, has_answer_ = false;
  std::string text_{};  // of an element that holds text
  std::string variable_{}, datatype_{}, language_{};
  bool has_term_ = false;  // the binding
};

XmlSolutions::XmlSolutions(Input& input, SolutionSink& sink)
    : input_(input),
      sink_(sink),
      row_(*this) {
  xmlInitParser();
  xmlSAXHandler events = handler();
  const auto read = [](void* self, char* to, int size) { return of(self).read_bytes(to, size); };
  parser_.reset(xmlCreateIOParserCtxt(&events, this, read, nullptr, this, XML_CHAR_ENCODING_NONE));
  if (thrown_) return;
  check(parser_ != nullptr, "libxml2 does not start");
  // NOENT: `&amp;` in an attribute is an ampersand. There are no other entities.
  xmlCtxtUseOptions(parser_.get(), XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT);
  xmlDictSetLimit(parser_->dict, kMostNameBytes);
}

xmlSAXHandler XmlSolutions::handler() {
  xmlSAXHandler events{};
  events.initialized = XML_SAX2_MAGIC;
  events.startElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar* uri,
                             int, const xmlChar**, int count, int, const xmlChar** attributes) {
    of(self).on_event([&] { of(self).start(text_of(name), text_of(uri), {attributes, count}); });
  };
  events.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    of(self).on_event([&] { of(self).end(); });
  };
  events.characters = [](void* self, const xmlChar* text, int size) {
    of(self).on_event([&] {
      of(self).characters({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
    });
  };
  events.ignorableWhitespace = events.characters;
  events.cdataBlock = events.characters;
  events.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    of(self).on_event([&] {
      throw of(self).error(ErrorCode::Invalid, "a document type declaration is not read");
    });
  };
  events.serror = [](void* self, xmlError* error) {
    of(self).guarded([&] { of(self).fault(*error); });
  };
  return events;
}

/// Keeps the first exception; nothing is done from then on.
template <typename Work>
void XmlSolutions::guarded(Work work) {
  if (thrown_) return;
  try {
    work();
  } catch (...) {
    thrown_ = std::current_exception();
  }
}

/// The same for an event of the document, where the parser may be stopped. While it reads, and
/// where it reports an error, it must not be: it goes on with the input that stopping has freed.
/// There it ends with its next read, which fails.
template <typename Work>
void XmlSolutions::on_event(Work work) {
  guarded(work);
  if (thrown_ && parser_) xmlStopParser(parser_.get());
}

/// All that libxml2 asks for while there is more: where it gets less, it takes the beginning of a
/// token for the whole.
int XmlSolutions::read_bytes(char* to, int size) {
  std::size_t got = 0;
  guarded([&] {
    const auto wanted = static_cast<std::size_t>(size);
    while (got < wanted && !is_read_) {
      const std::size_t more = input_.read(to + got, wanted - got);
      is_read_ = more == 0;
      got += more;
    }
    solution_bytes_ += got;
    if (solution_bytes_ > kLongestSolution)
      throw error(ErrorCode::Limit,
                  fmt::format("a solution is longer than {} MB", kLongestSolution >> 20));
  });
  return thrown_ ? -1 : static_cast<int>(got);
}

void XmlSolutions::read() {
  if (!thrown_) xmlParseDocument(parser_.get());
  if (thrown_) std::rethrow_exception(thrown_);
  check(parser_->wellFormed == 1, "libxml2 kept an error to itself");
  if (!has_answer_) throw wrong("the document has neither results nor a boolean");
}

Error XmlSolutions::error(ErrorCode code, std::string_view what) const {
  const xmlParserInput* at = parser_ ? parser_->input : nullptr;
  const int line = at ? at->line : 1;
  const int column = at ? at->col : 1;
  return {code, fmt::format("{}, line {}, column {}: {}", input_.name(), line, column, what),
          Position(line, column)};
}

void XmlSolutions::fault(const xmlError& fault) {
  if (fault.level < XML_ERR_ERROR) return;
  const std::string_view message = fault.message ? fault.message : "this is no XML";
  if (message.starts_with("Input is not proper UTF-8"))
    throw error(ErrorCode::Invalid, "the text is not UTF-8");
  const xmlParserInput* at = parser_ ? parser_->input : nullptr;
  throw wrong(reworded_xml_message(message, is_read_ && at && at->cur >= at->end));
}

Error XmlSolutions::unexpected(std::string_view name) const {
  std::string wanted;
  for (const ElementRule& rule : kElements)
    if (rule.parent == inside_)
      wanted += fmt::format("{}<{}>", wanted.empty() ? "" : " or ", rule.name);
  if (wanted.empty()) wanted = fmt::format("</{}>", rule_of(inside_).name);
  return wrong(fmt::format("expected {}, found <{}>", wanted, excerpt(name, 60)));
}

void XmlSolutions::start(std::string_view name, std::string_view of_namespace,
                         const Attributes& attributes) {
  const auto rule = std::find_if(kElements.begin(), kElements.end(), [&](const ElementRule& known) {
    return known.name == name && known.parent == inside_;
  });
  if (inside_ == Element::Binding && name == "triple")
    throw error(ErrorCode::Invalid, "a triple stands for a term, which RDF 1.1 has not");
  if (rule == kElements.end()) throw unexpected(name);
  if (of_namespace != kNamespace)
    throw wrong(fmt::format("<{}> is not of the namespace <{}>", excerpt(name, 60), kNamespace));
  inside_ = rule->element;
  enter(rule->element, attributes);
}

void XmlSolutions::enter(Element element, const Attributes& attributes) {
  text_.clear();
  switch (element) {
    case Element::Head:
      if (has_head_) throw wrong("<head> is there twice");
      has_head_ = true;
      break;
    case Element::Variable:
      row_.add_variable(std::string(attributes.value("name")));
      break;
    case Element::Results:
    case Element::Boolean:
      if (!has_head_) throw wrong("expected <head> before the answer");
      if (has_answer_) throw wrong("the document has more than one answer");
      has_answer_ = true;
      if (element == Element::Results) sink_.begin(row_.variables());
      break;
    case Element::Binding:
      variable_ = attributes.value("name");
      has_term_ = false;
      break;
    case Element::Uri:
    case Element::Bnode:
    case Element::Literal:
      if (has_term_)
        throw wrong(fmt::format("the binding of '{}' has two terms", excerpt(variable_, 60)));
      has_term_ = true;
      datatype_ = attributes.value("datatype");
      language_ = attributes.value("lang", kXmlNamespace);
      break;
    default:
      break;
  }
}

void XmlSolutions::end() {
  const Element element = inside_;
  inside_ = rule_of(element).parent;
  switch (element) {
    case Element::Result:
      row_.give_to(sink_);
      solution_bytes_ = 0;
      break;
    case Element::Binding:
      if (!has_term_)
        throw wrong(fmt::format("the binding of '{}' has no term", excerpt(variable_, 60)));
      break;
    case Element::Boolean:
      take_boolean();
      break;
    default:
      if (holds_text(element)) take_term(element);
  }
}

void XmlSolutions::take_term(Element element) {
  if (element == Element::Uri)
    row_.bind(variable_, checked_iri(trimmed(text_), *this));
  else if (element == Element::Bnode)
    row_.bind(variable_, checked_blank(trimmed(text_), *this));
  else
    row_.bind(variable_, checked_literal(text_, datatype_, language_, *this));
}

void XmlSolutions::take_boolean() {
  const std::string_view answer = trimmed(text_);
  if (answer != "true" && answer != "false")
    throw wrong(
        fmt::format("expected true or false as <boolean>, found '{}'", excerpt(answer, 60)));
  sink_.boolean(answer == "true");
}

void XmlSolutions::characters(std::string_view text) {
  if (holds_text(inside_))
    text_ += text;
  else if (const std::string_view found = trimmed(text); !found.empty())
    throw wrong(fmt::format("expected an element, found the text '{}'", excerpt(found, 60)));
}

}  // namespace

void read_xml_solutions(Input& input, SolutionSink& sink) {
  XmlSolutions(input, sink).read();
}

}  // namespace tripten
