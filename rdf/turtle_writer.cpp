// Turtle and TriG:
//
//   @prefix ex: <http://ex.org/> .
//
//   ex:ann a ex:Person ;
//       ex:name "Ann", "Anna"@de ;
//       ex:age 42 .
//
//   ex:graph {
//   ex:bob a ex:Person .
//   }
//
// Statements are written as they come; what repeats of the statement before (graph, subject,
// predicate) is left out, and long lists of objects go on in the next line. Numbers and booleans
// stand alone where Turtle reads just that literal from them.
#include <algorithm>
#include <map>
#include <ostream>

#include "rdf/vocabulary.h"
#include "rdf/writer_parts.h"

namespace tripten {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name_character(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

/// The part of PN_PREFIX that is ASCII.
bool is_prefix(std::string_view name) {
  if (name.empty()) return true;
  return is_letter(name.front()) && name.back() != '.' &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_name_character(c) || c == '.'; });
}

/// The part of PN_LOCAL that is ASCII and needs no escapes.
bool is_local_name(std::string_view name) {
  if (name.empty()) return true;
  if (name.front() == '-' || name.front() == '.' || name.back() == '.') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_name_character(c) || c == '.' || c == ':'; });
}

/// Takes digits off the front; how many there were.
std::size_t take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count;
}

/// Whether Turtle reads a literal of just this datatype (without the namespace of XSD) from it.
bool stands_alone(std::string_view text, std::string_view datatype) {
  if (datatype == "boolean") return text == "true" || text == "false";
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  const std::size_t whole = take_digits(text);
  if (text.empty()) return whole > 0 && datatype == "integer";
  std::size_t fraction = 0;
  if (text.front() == '.') {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (fraction == 0) return false;
  }
  if (text.empty()) return datatype == "decimal";
  if (whole + fraction == 0 || (text.front() != 'e' && text.front() != 'E')) return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return take_digits(text) > 0 && text.empty() && datatype == "double";
}

class TurtleWriter : public RdfWriter {
 public:
  TurtleWriter(std::ostream& out, const RdfWriteOptions& options)
      : out_(out),
        has_graphs_(options.format == Format::TriG) {
    for (const auto& [prefix, iri] : options.prefixes)
      if (is_prefix(prefix) && !iri.empty()) write_prefix(prefix, iri);
    if (!prefixes_.empty()) text() += '\n';
  }

  void begin_source() override {
    end_subject();
    labels_.begin_source();
  }
  void add(const Statement& statement) override;
  void finish() override;

 private:
  std::string& text() { return out_.text(); }
  void write_prefix(const std::string& prefix, const std::string& iri);
  void begin_graph(const TermView& graph);
  void end_graph();
  void end_subject();
  void append_to_list(const TermView& object);
  void append(const TermView& term);
  void append_iri(const TermView& iri);
  void append_literal(const TermView& literal);
  bool append_prefixed(std::string_view iri);

  TextOutput out_;
  const bool has_graphs_;
  std::map<std::string, std::string, std::less<>> prefixes_{};  // by namespace
  WriterLabels labels_{};
  OneGraph one_graph_{};
  // Of the statement before; unbound where none is open.
  Term graph_{}, subject_{}, predicate_{};
  std::size_t line_bytes_ = 0;
};

void TurtleWriter::write_prefix(const std::string& prefix, const std::string& iri) {
  prefixes_.try_emplace(iri, prefix);
  text().append("@prefix ").append(prefix) += ": ";
  append_ntriples({.kind = TermKind::Iri, .value = iri}, text());
  text() += " .\n";
}

void TurtleWriter::add(const Statement& statement) {
  out_.flush_if_large();
  if (!has_graphs_) one_graph_.check(statement.graph);
  if (has_graphs_ && statement.graph != view_of(graph_)) begin_graph(statement.graph);
  std::size_t line = 0;  // where it begins
  if (statement.subject != view_of(subject_)) {
    end_subject();
    line = text().size();
    append(statement.subject);
    subject_ = term_of(statement.subject);
    predicate_ = {};
    text() += ' ';
  } else if (statement.predicate == view_of(predicate_)) {
    append_to_list(statement.object);
    return;
  } else {
    text() += " ;\n";
    line = text().size();
    text() += "    ";
  }
  if (statement.predicate.value == kRdfType)
    text() += 'a';
  else
    append(statement.predicate);
  predicate_ = term_of(statement.predicate);
  text() += ' ';
  append(statement.object);
  line_bytes_ = text().size() - line;
}

void TurtleWriter::append_to_list(const TermView& object) {
  constexpr std::size_t kMostLineBytes = 100;
  constexpr std::string_view kSameLine = ", ", kNextLine = ",\n        ";
  const std::size_t from = text().size();
  text() += kSameLine;
  append(object);
  line_bytes_ += text().size() - from;
  if (line_bytes_ <= kMostLineBytes) return;
  text().replace(from, kSameLine.size(), kNextLine);
  line_bytes_ = text().size() - from - (kNextLine.find('\n') + 1);
}

void TurtleWriter::finish() {
  end_graph();
  out_.flush();
}

void TurtleWriter::begin_graph(const TermView& graph) {
  end_graph();
  graph_ = term_of(graph);
  if (!graph_) return;
  append(graph);
  text() += " {\n";
}

void TurtleWriter::end_graph() {
  end_subject();
  if (graph_) text() += "}\n";
  graph_ = {};
}

void TurtleWriter::end_subject() {
  if (subject_) text() += " .\n";
  subject_ = predicate_ = {};
}

void TurtleWriter::append(const TermView& term) {
  switch (term.kind) {
    case TermKind::Unbound:
      return;
    case TermKind::Blank:
      labels_.append(term.value, text());
      return;
    case TermKind::Iri:
      append_iri(term);
      return;
    case TermKind::Literal:
      append_literal(term);
      return;
  }
}

void TurtleWriter::append_iri(const TermView& iri) {
  if (!append_prefixed(iri.value)) append_ntriples(iri, text());
}

void TurtleWriter::append_literal(const TermView& literal) {
  const std::string_view datatype = literal.datatype;
  if (datatype.empty()) {
    append_ntriples(literal, text());
  } else if (datatype.starts_with(kXsdNamespace) &&
             stands_alone(literal.value, datatype.substr(kXsdNamespace.size()))) {
    text() += literal.value;
  } else {
    append_ntriples({.kind = TermKind::Literal, .value = literal.value}, text());
    text() += "^^";
    append_iri({.kind = TermKind::Iri, .value = datatype});
  }
}

/// The longest namespace that leaves a local name. Namespaces that begin the IRI are among those
/// that sort before it; the ones between are skipped by what they share with it.
bool TurtleWriter::append_prefixed(std::string_view iri) {
  std::string_view shared = iri;
  for (auto it = prefixes_.upper_bound(shared); it != prefixes_.begin();
       it = prefixes_.upper_bound(shared)) {
    const auto& [space, prefix] = *--it;
    const auto [end, unused] = std::mismatch(space.begin(), space.end(), iri.begin(), iri.end());
    const auto common = static_cast<std::size_t>(end - space.begin());
    if (common == space.size() && is_local_name(iri.substr(common))) {
      (text().append(prefix) += ':').append(iri.substr(common));
      return true;
    }
    if (common == 0) return false;
    shared = iri.substr(0, common == space.size() ? common - 1 : common);
  }
  return false;
}

}  // namespace

std::unique_ptr<RdfWriter> make_turtle_writer(std::ostream& out, const RdfWriteOptions& options) {
  return std::make_unique<TurtleWriter>(out, options);
}

}  // namespace tripten
