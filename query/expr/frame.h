// Frame: one batch on its way through the nodes of an expression.
//
// A node's results are Values: ids where they are known, and otherwise terms and numbers in the
// frame's arena, which become ids only at the root. So UCASE inside CONTAINS costs no dictionary
// lookup.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/expr/batch.h"
#include "query/expr/fetched_terms.h"
#include "query/expr/query_context.h"
#include "rdf/typed_value.h"

namespace tripten {

/// The value of an expression for one row, or an error.
class Value {
 public:
  Value() = default;  ///< An error.
  explicit Value(TermId id) : kind_(id ? Kind::Id : Kind::Error), id_(id) {}
  explicit Value(const TermView* term) : kind_(Kind::Term), term_(term) {}
  explicit Value(const Number* number) : kind_(Kind::Number), number_(number) {}

  bool is_error() const { return kind_ == Kind::Error; }
  bool is_id() const { return kind_ == Kind::Id; }
  TermId id() const { return is_id() ? id_ : kUnbound; }  ///< kUnbound if there is none yet.
  const TermView* term() const { return kind_ == Kind::Term ? term_ : nullptr; }
  const Number* number() const { return kind_ == Kind::Number ? number_ : nullptr; }

 private:
  enum class Kind : std::uint8_t { Error, Id, Term, Number };
  Kind kind_ = Kind::Error;
  union {
    TermId id_{};
    const TermView* term_;
    const Number* number_;
  };
};

/// Rows to be evaluated, by their numbers in the batch, ascending.
using Rows = std::span<const std::uint32_t>;

/// Terms that live until the batch is done. Reused from batch to batch.
class Arena {
 public:
  void clear();
  std::string_view copy(std::string_view bytes);
  const TermView* add(const TermView& term);  ///< The term's bytes must be the arena's, or static.
  const Number* add(Number&& number);
  std::size_t bytes() const { return bytes_ + fetched_.bytes(); }
  std::uint64_t batch_number() const { return batch_number_; }  ///< Another one after clear().
  FetchedTerms& fetched() { return fetched_; }
  const FetchedTerms& fetched() const { return fetched_; }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_{};
  std::size_t used_ = 0, size_ = 0;  // of the last block
  std::size_t first_size_ = 0;       // of the first block
  std::size_t bytes_ = 0;
  std::deque<TermView> terms_{};
  std::deque<Number> numbers_{};
  FetchedTerms fetched_{};
  std::uint64_t batch_number_ = 0;
};

/// Kinds of terms whose texts a function looks at.
enum class Reads : std::uint8_t {
  Nothing,  ///< Ids mostly tell what it asks.
  Tagged,
  Typed,
  Strings,  ///< Simple and language-tagged.
  Literals,
  Terms
};

class Frame {
 public:
  /// Clears the arena. The batch of a frame never changes.
  Frame(const Batch& batch, QueryContext& context, Arena& arena);

  const Batch& batch() const { return batch_; }
  QueryContext& context() const { return context_; }
  QueryTerms& terms() const { return context_.terms; }
  std::uint64_t batch_number() const { return arena_.batch_number(); }

  // Values of new terms; the bytes are copied. `datatype` must be static.
  Value string(std::string_view lexical) { return literal(lexical, {}); }
  /// A string whose bytes live until the batch is done.
  Value lasting_string(std::string_view lexical, std::string_view language = {});
  Value literal(std::string_view lexical, std::string_view datatype);
  Value tagged(std::string_view lexical, std::string_view language);
  Value term(const TermView& term);
  Value number(Number number);
  Value number(const std::optional<Number>& number);  ///< Nothing is an error.
  Value integer(std::int64_t value);
  static Value boolean(bool value);

  /// Throws Limit where the memory budget has no room for a text of so many bytes.
  void require(std::size_t bytes) const;

  /// Fetches the terms of those values that are ids of the dictionary and of such a kind: what
  /// view() gives then comes without a look into the dictionary each.
  void fetch(const std::vector<Value>& values, Rows rows, Reads reads);

  /// Whether the bytes of the value's term live until the batch is done.
  bool has_lasting_bytes(const Value& value) const;

  /// The term of a value; its bytes are in `scratch`, the arena or the query's terms.
  TermView view(const Value& value, std::string& scratch) const;
  /// The id of a value, a new one where its term has none yet. kUnbound for an error.
  TermId id_of(const Value& value);

 private:
  void charge();

  const Batch& batch_;
  QueryContext& context_;
  Arena& arena_;
  MemoryLease lease_;
  std::string scratch_{};
};

/// A literal that string functions take: xsd:string or language-tagged (§17.4.3.1).
struct StringArgument {
  std::string_view lexical{};
  std::string_view language{};
};

/// One argument of a function, decoded when asked for, and kept while the same id comes again in
/// the batch.
class Operand {
 public:
  void set(const Value& value, const Frame& frame);

  const Value& value() const { return value_; }
  bool has_lasting_bytes() const { return frame_->has_lasting_bytes(value_); }
  TermId id() const { return value_.id(); }
  const TermView& term();
  const TypedValue& typed();  ///< Of a number it may hold the value alone, without the term.
  std::optional<StringArgument> string();
  /// The lexical form of an xsd:string.
  std::optional<std::string_view> simple_string();
  /// Null where it is no number.
  const Number* number();

 private:
  Value value_{};
  const Frame* frame_ = nullptr;
  std::uint64_t batch_number_ = 0;
  bool has_term_ = false, has_typed_ = false;
  std::string scratch_{};
  TermView term_{};
  TypedValue typed_{};
};

}  // namespace tripten
