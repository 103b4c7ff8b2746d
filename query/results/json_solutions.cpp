// SPARQL 1.1 Query Results JSON Format (§3, §4), as a machine over the events of a JSON parser.
//
//   {"head": {"vars": ["x"], "link": []},
//    "results": {"bindings": [{"x": {"type": "uri", "value": "http://ex.org/a"}}]}}
//   {"head": {}, "boolean": true}
//
// The members of an object may come in any order. Solutions that come before the head are kept
// until it comes. `typed-literal` is what drafts called a literal with a datatype. Members that the
// recommendation does not know are passed over.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "query/results/reader_parts.h"
#include "query/results/solution_source.h"

namespace tripten {
namespace {

/// How much of a document may come before the head that says what its variables are.
constexpr std::size_t kMostBeforeHead = std::size_t{16} << 20;

/// Where the machine is: inside of what.
enum class State {
  Outside,   // before the document, and behind it
  Document,  // {"head": ...
  Head,      // {"vars": ...
  Variables,
  Links,
  Results,  // {"bindings": ...
  Bindings,
  Solution,  // {"x": ...
  Binding    // {"type": ...
};

/// What stands where a value is expected.
enum class Kind { Object, Array, String, Boolean, Other };

constexpr std::string_view name_of(Kind kind) {
  constexpr std::string_view kNames[]{"an object", "an array", "a string", "true or false",
                                      "a number or null"};
  return kNames[static_cast<std::size_t>(kind)];
}

using Json = nlohmann::json;

/// The receiver that nlohmann::json calls (nlohmann::json_sax). It throws what is wrong.
class JsonSolutions {
 public:
  JsonSolutions(SolutionSource& source, SolutionSink& sink)
      : source_(source),
        sink_(sink),
        row_(source) {}

  bool null() { return other(); }
  bool number_integer(std::int64_t) { return other(); }
  bool number_unsigned(std::uint64_t) { return other(); }
  bool number_float(double, const std::string&) { return other(); }
  bool binary(Json::binary_t&) { return other(); }
  bool boolean(bool value);
  bool string(std::string& value);
  bool start_object(std::size_t);
  bool key(std::string& name);
  bool end_object();
  bool start_array(std::size_t);
  bool end_array();
  bool parse_error(std::size_t, const std::string& last, const nlohmann::detail::exception& fault);

  /// The document has ended.
  void finish();

 private:
  /// A solution that came before the head.
  using EarlySolution = std::vector<std::pair<std::string, Term>>;

  bool other() { return value(Kind::Other); }
  bool value(Kind kind);
  void expect(Kind wanted, Kind found) const;
  std::string_view what_is_expected() const;
  bool go_to(State state);
  void once(bool& seen) const;
  void begin_results();
  void end_solution();
  Term term() const;
  Error error(std::string_view what) const { return source_.error(ErrorCode::Syntax, what); }

  SolutionSource& source_;
  SolutionSink& sink_;
  SolutionRow row_;
  State state_ = State::Outside;
  std::size_t passed_over_ = 0;  // brackets open inside of a member that is passed over
  std::string key_{};            // of the member at hand
  bool has_head_ = false, has_variables_ = false, has_results_ = false, has_bindings_ = false;
  std::optional<bool> answer_{};
  std::string variable_{};
  std::string type_{}, value_{}, datatype_{}, language_{};  // of a binding
  bool has_type_ = false, has_value_ = false, has_datatype_ = false, has_language_ = false;
  bool has_begun_ = false;  // the sink knows the variables
  EarlySolution bound_{};   // the solution at hand, while the variables are not known
  std::vector<EarlySolution> early_{};
};

bool JsonSolutions::go_to(State state) {
  state_ = state;
  return true;
}

void JsonSolutions::once(bool& seen) const {
  if (seen) throw error(fmt::format("\"{}\" is there twice", excerpt(key_, 60)));
  seen = true;
}

/// Names the place for "expected ... as ...".
std::string_view JsonSolutions::what_is_expected() const {
  switch (state_) {
    case State::Outside:
      return "the document";
    case State::Variables:
      return "the name of a variable";
    case State::Links:
      return "a link";
    case State::Bindings:
      return "a solution";
    case State::Solution:
      return "the term of a variable";
    default:
      return key_;
  }
}

void JsonSolutions::expect(Kind wanted, Kind found) const {
  if (wanted != found)
    throw error(fmt::format("expected {} as {}, found {}", name_of(wanted), what_is_expected(),
                            name_of(found)));
}

/// A value that opens nothing and is no string or boolean the machine wants.
bool JsonSolutions::value(Kind kind) {
  if (passed_over_ > 0) return true;
  switch (state_) {
    case State::Outside:
    case State::Bindings:
    case State::Solution:
      expect(Kind::Object, kind);
      break;
    case State::Document:
      if (key_ == "head" || key_ == "results") expect(Kind::Object, kind);
      if (key_ == "boolean") expect(Kind::Boolean, kind);
      break;
    case State::Head:
      if (key_ == "vars" || key_ == "link") expect(Kind::Array, kind);
      break;
    case State::Results:
      if (key_ == "bindings") expect(Kind::Array, kind);
      break;
    case State::Variables:
    case State::Links:
      expect(Kind::String, kind);
      break;
    case State::Binding:
      if (key_ == "type" || key_ == "value" || key_ == "datatype" || key_ == "xml:lang")
        expect(Kind::String, kind);
      break;
  }
  return true;
}

bool JsonSolutions::boolean(bool value_given) {
  if (passed_over_ > 0 || state_ != State::Document || key_ != "boolean")
    return value(Kind::Boolean);
  if (answer_) throw error("\"boolean\" is there twice");
  answer_ = value_given;
  return true;
}

bool JsonSolutions::string(std::string& text) {
  if (passed_over_ > 0) return true;
  if (state_ == State::Variables) {
    row_.add_variable(std::move(text));
    return true;
  }
  if (state_ != State::Binding) return value(Kind::String);
  if (key_ == "type") {
    once(has_type_);
    type_ = std::move(text);
  } else if (key_ == "value") {
    once(has_value_);
    value_ = std::move(text);
  } else if (key_ == "datatype") {
    once(has_datatype_);
    datatype_ = std::move(text);
  } else if (key_ == "xml:lang") {
    once(has_language_);
    language_ = std::move(text);
  }
  return true;
}

bool JsonSolutions::start_object(std::size_t) {
  if (passed_over_ > 0) return ++passed_over_;
  switch (state_) {
    case State::Outside:
      return go_to(State::Document);
    case State::Document:
      if (key_ == "head") {
        once(has_head_);
        return go_to(State::Head);
      }
      if (key_ == "results") {
        once(has_results_);
        return go_to(State::Results);
      }
      break;
    case State::Bindings:
      return go_to(State::Solution);
    case State::Solution:
      variable_ = key_;
      has_type_ = has_value_ = has_datatype_ = has_language_ = false;
      type_.clear(), value_.clear(), datatype_.clear(), language_.clear();
      return go_to(State::Binding);
    case State::Binding:
      if (key_ == "value")  // SPARQL 1.2
        throw source_.error(ErrorCode::Invalid,
                            "a triple stands for a term, which RDF 1.1 has not");
      break;
    default:
      break;
  }
  value(Kind::Object);
  return ++passed_over_;
}

bool JsonSolutions::start_array(std::size_t) {
  if (passed_over_ > 0) return ++passed_over_;
  if (state_ == State::Head && key_ == "vars") {
    once(has_variables_);
    return go_to(State::Variables);
  }
  if (state_ == State::Head && key_ == "link") return go_to(State::Links);
  if (state_ == State::Results && key_ == "bindings") {
    once(has_bindings_);
    begin_results();
    return go_to(State::Bindings);
  }
  value(Kind::Array);
  return ++passed_over_;
}

bool JsonSolutions::key(std::string& name) {
  if (passed_over_ == 0) key_ = std::move(name);
  return true;
}

bool JsonSolutions::end_array() {
  if (passed_over_ > 0) {
    --passed_over_;
    return true;
  }
  return go_to(state_ == State::Bindings ? State::Results : State::Head);
}

bool JsonSolutions::end_object() {
  if (passed_over_ > 0) {
    --passed_over_;
    return true;
  }
  switch (state_) {
    case State::Binding:
      if (has_variables_)
        row_.bind(variable_, term());
      else
        bound_.emplace_back(variable_, term());
      return go_to(State::Solution);
    case State::Solution:
      end_solution();
      return go_to(State::Bindings);
    case State::Document:
      return go_to(State::Outside);
    default:
      return go_to(State::Document);
  }
}

void JsonSolutions::begin_results() {
  if (has_variables_) {
    has_begun_ = true;
    sink_.begin(row_.variables());
    source_.begin_counting(kLongestSolution, "a solution");
  } else {
    source_.begin_counting(kMostBeforeHead, "what stands before the list of variables");
  }
}

void JsonSolutions::end_solution() {
  if (!has_variables_) {
    early_.push_back(std::exchange(bound_, {}));
    return;
  }
  row_.give_to(sink_);
  source_.begin_counting(kLongestSolution, "a solution");
}

Term JsonSolutions::term() const {
  if (!has_type_) throw error(fmt::format("the term of '{}' has no type", excerpt(variable_, 60)));
  if (!has_value_)
    throw error(fmt::format("the term of '{}' has no value", excerpt(variable_, 60)));
  if (type_ == "uri") return checked_iri(value_, source_);
  if (type_ == "bnode") return checked_blank(value_, source_);
  if (type_ == "literal" || type_ == "typed-literal")
    return checked_literal(value_, datatype_, language_, source_);
  throw error(fmt::format("expected uri, bnode or literal as the type of a term, found '{}'",
                          excerpt(type_, 60)));
}

void JsonSolutions::finish() {
  if (answer_ && has_results_) throw error("the document has both a boolean and results");
  if (answer_) return sink_.boolean(*answer_);
  if (!has_bindings_) throw error("the document has neither results nor a boolean");
  if (!has_variables_) throw error("the document has no list of its variables (head, vars)");
  if (has_begun_) return;
  sink_.begin(row_.variables());
  for (EarlySolution& solution : early_) {
    for (auto& [variable, term] : solution)
      row_.bind(variable, std::move(term));
    row_.give_to(sink_);
  }
}

/// The parser's own sentence, from where it says what it wants: "... while parsing value - invalid
/// literal; last read: 'tru}'; expected '}'".
bool JsonSolutions::parse_error(std::size_t, const std::string&,
                                const nlohmann::detail::exception& fault) {
  std::string_view what = fault.what();
  const bool is_cut_token =
      source_.done() && fault.id == 101 && what.find("unexpected") == std::string_view::npos;
  if (is_cut_token || what.find("unexpected end of input") != std::string_view::npos)
    throw error("the document ends before all its brackets are closed");
  if (const std::size_t dash = what.find(" - "); dash != std::string_view::npos)
    what.remove_prefix(dash + 3);
  else if (const std::size_t bracket = what.find("] "); bracket != std::string_view::npos)
    what.remove_prefix(bracket + 2);
  throw error(fmt::format("this is no JSON: {}", excerpt(what, 200)));
}

/// The source as an input iterator; a null one is its end.
struct SourceIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  SolutionSource* source = nullptr;

  /// nlohmann::json takes a NUL for the end, whatever follows it.
  char operator*() const {
    if (source->peek() == '\0')
      throw source->error(ErrorCode::Syntax, "this is no JSON: found the control character U+0000");
    return source->peek();
  }
  SourceIterator& operator++() {
    source->skip();
    return *this;
  }
  SourceIterator operator++(int) { return ++*this; }
  friend bool operator==(const SourceIterator& a, const SourceIterator& b) {
    return a.ended() == b.ended();
  }

 private:
  bool ended() const { return !source || source->done(); }
};

}  // namespace

void read_json_solutions(Input& input, SolutionSink& sink) {
  SolutionSource source(input);
  JsonSolutions solutions(source, sink);
  Json::sax_parse(SourceIterator{&source}, SourceIterator{}, &solutions);
  solutions.finish();
}

}  // namespace tripten
