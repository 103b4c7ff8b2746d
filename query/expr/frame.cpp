#include "query/expr/frame.h"

#include <algorithm>
#include <cstring>

#include "query/expr/inline_number.h"
#include "rdf/language_tag.h"
#include "rdf/term_codec.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;
/// What a batch may make before the memory budget is asked.
constexpr std::size_t kUncharged = 2 * kBlockBytes;

}  // namespace

void Arena::clear() {
  terms_.clear();
  numbers_.clear();
  fetched_.clear();
  ++batch_number_;
  // The first block stays, unless it was made for one large text.
  blocks_.resize(std::min<std::size_t>(blocks_.size(), 1));
  if (blocks_.empty() || first_size_ != kBlockBytes) {
    blocks_.clear();
    size_ = 0;
  } else {
    size_ = kBlockBytes;
  }
  used_ = 0;
  bytes_ = size_;
}

std::string_view Arena::copy(std::string_view bytes) {
  if (bytes.empty()) return {};
  if (bytes.size() > size_ - used_) {
    size_ = std::max(kBlockBytes, bytes.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size_));
    if (blocks_.size() == 1) first_size_ = size_;
    bytes_ += size_;
    used_ = 0;
  }
  char* const to = blocks_.back().get() + used_;
  std::memcpy(to, bytes.data(), bytes.size());
  used_ += bytes.size();
  return {to, bytes.size()};
}

const TermView* Arena::add(const TermView& term) {
  bytes_ += sizeof(TermView);
  return &terms_.emplace_back(term);
}

const Number* Arena::add(Number&& number) {
  bytes_ += sizeof(Number);
  return &numbers_.emplace_back(std::move(number));
}

Frame::Frame(const Batch& batch, QueryContext& context, Arena& arena)
    : batch_(batch),
      context_(context),
      arena_(arena),
      lease_(context.budget) {
  arena_.clear();
}

void Frame::charge() {
  const std::size_t bytes = arena_.bytes();
  if (bytes > kUncharged && bytes > lease_.bytes()) lease_.resize(bytes + kBlockBytes);
}

Value Frame::literal(std::string_view lexical, std::string_view datatype) {
  const Value value(
      arena_.add({.kind = TermKind::Literal, .value = arena_.copy(lexical), .datatype = datatype}));
  charge();
  return value;
}

Value Frame::lasting_string(std::string_view lexical, std::string_view language) {
  const Value value(
      arena_.add({.kind = TermKind::Literal, .value = lexical, .language = language}));
  charge();
  return value;
}

Value Frame::tagged(std::string_view lexical, std::string_view language) {
  std::string tag;
  append_language_tag(language, tag);
  const Value value(arena_.add(
      {.kind = TermKind::Literal, .value = arena_.copy(lexical), .language = arena_.copy(tag)}));
  charge();
  return value;
}

Value Frame::term(const TermView& term) {
  if (term.kind == TermKind::Unbound) return {};
  const Value value(arena_.add({.kind = term.kind,
                                .value = arena_.copy(term.value),
                                .datatype = arena_.copy(term.datatype),
                                .language = arena_.copy(term.language)}));
  charge();
  return value;
}

Value Frame::number(Number number) {
  if (number.type == NumericType::Integer) {
    if (const auto value = number.exact.to_int64())
      if (const auto id = inline_integer_id(*value)) return Value(*id);
  } else if (number.type == NumericType::Double) {
    if (const auto id = inline_double_id(number.real)) return Value(*id);
  }
  const Value value(arena_.add(std::move(number)));
  charge();
  return value;
}

Value Frame::number(const std::optional<Number>& number) {
  return number ? this->number(Number(*number)) : Value();
}

Value Frame::integer(std::int64_t value) {
  if (const auto id = inline_integer_id(value)) return Value(*id);
  return number(Number::of_integer(value));
}

Value Frame::boolean(bool value) {
  return Value(inline_boolean_id(value));
}

void Frame::require(std::size_t bytes) const {
  if (bytes < kUncharged) return;
  MemoryLease lease(context_.budget);
  lease.resize(bytes);
}

namespace {

bool is_read(IdKind kind, Reads reads) {
  switch (reads) {
    case Reads::Nothing:
      return false;
    case Reads::Tagged:
      return kind == IdKind::Tagged;
    case Reads::Typed:
      return kind == IdKind::Typed;
    case Reads::Strings:
      return kind == IdKind::String || kind == IdKind::Tagged;
    case Reads::Literals:
      return kind >= IdKind::String && kind <= IdKind::Typed;
    case Reads::Terms:
      return kind >= IdKind::Iri && kind <= IdKind::Typed;
  }
  return false;
}

}  // namespace

void Frame::fetch(const std::vector<Value>& values, Rows rows, Reads reads) {
  constexpr std::size_t kFewest = 8;  // one by one, fewer may come from the query's own cache
  if (reads == Reads::Nothing || rows.size() < kFewest) return;
  FetchedTerms& fetched = arena_.fetched();
  for (const std::uint32_t row : rows)
    if (is_read(values[row].id().kind(), reads)) fetched.want(values[row].id());
  fetched.fetch(context_.view);
  charge();
}

bool Frame::has_lasting_bytes(const Value& value) const {
  return value.term() || (value.id().in_dictionary() && arena_.fetched().find(value.id()));
}

TermView Frame::view(const Value& value, std::string& scratch) const {
  if (value.id().in_dictionary())
    if (const auto encoded = arena_.fetched().find(value.id())) return decode_term(*encoded);
  if (value.is_id()) return terms().get(value.id(), scratch);
  if (value.term()) return *value.term();
  if (!value.number()) return {};
  scratch.clear();
  append_number(*value.number(), scratch);
  return {
      .kind = TermKind::Literal, .value = scratch, .datatype = datatype_iri(value.number()->type)};
}

TermId Frame::id_of(const Value& value) {
  if (value.is_id() || value.is_error()) return value.id();
  return terms().intern(view(value, scratch_));
}

void Operand::set(const Value& value, const Frame& frame) {
  const bool same = value.is_id() && value_.is_id() && value.id() == value_.id() &&
                    batch_number_ == frame.batch_number();
  frame_ = &frame;
  batch_number_ = frame.batch_number();
  if (same) return;
  value_ = value;
  has_term_ = has_typed_ = false;
}

const TermView& Operand::term() {
  if (!has_term_) {
    term_ = frame_->view(value_, scratch_);
    has_term_ = true;
  }
  return term_;
}

const TypedValue& Operand::typed() {
  if (has_typed_) return typed_;
  has_typed_ = true;
  auto number = value_.number() ? std::optional(*value_.number()) : inline_number(value_.id());
  if (number) {
    typed_.value_class = ValueClass::Number;
    typed_.value = std::move(*number);
  } else {
    typed_ = value_of(term());
  }
  return typed_;
}

std::optional<StringArgument> Operand::string() {
  // Numbers, dates and IRIs are told by their ids alone.
  const IdKind kind = value_.id().kind();
  const bool is_told = value_.number() || value_.id().is_inline() || value_.id().is_blank();
  if (is_told || kind == IdKind::Iri || kind == IdKind::Typed) return std::nullopt;
  const TermView& view = term();
  if (view.kind != TermKind::Literal || !view.datatype.empty()) return std::nullopt;
  return StringArgument{view.value, view.language};
}

std::optional<std::string_view> Operand::simple_string() {
  const auto argument = string();
  if (!argument || !argument->language.empty()) return std::nullopt;
  return argument->lexical;
}

const Number* Operand::number() {
  if (value_.number()) return value_.number();
  const TypedValue& value = typed();
  return value.value_class == ValueClass::Number ? &value.number() : nullptr;
}

}  // namespace tripten
