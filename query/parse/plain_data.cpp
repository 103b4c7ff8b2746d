#include "query/parse/plain_data.h"

#include <algorithm>
#include <string_view>

#include "rdf/byte_class.h"
#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

bool is_space(char c) {
  return is(c, kBlank | kBreak);
}
/// Takes tokens off the front of a text; nothing where the next one is none of the plain ones.
class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : text_(text) { skip_space(); }

  std::size_t offset() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }

  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    skip_space();
    return true;
  }

  /// A keyword in any case, given in capitals, with space or a brace behind it.
  bool take_keyword(std::string_view word) {
    const std::string_view here = text_.substr(at_, word.size());
    const bool is_word =
        std::equal(here.begin(), here.end(), word.begin(), word.end(),
                   [](char a, char b) { return is(a, kLetter) && (a & ~0x20) == b; });
    const std::size_t end = at_ + word.size();
    if (!is_word || end == text_.size() || !(is_space(text_[end]) || text_[end] == '{'))
      return false;
    at_ = end;
    skip_space();
    return true;
  }

  std::optional<Term> iri() {
    const auto text = bracketed();
    skip_space();
    return text ? std::optional(Term::iri(*text)) : std::nullopt;
  }

  std::optional<Term> object() {
    if (at_end()) return std::nullopt;
    if (text_[at_] == '<') return iri();
    std::optional<Term> term = text_[at_] == '"' ? literal() : integer();
    // What touches a literal may be a part of it.
    if (at_end() || !is_space(text_[at_])) return std::nullopt;
    skip_space();
    return term;
  }

 private:
  void skip_space() {
    while (!at_end() && is_space(text_[at_]))
      ++at_;
  }

  std::optional<std::string_view> bracketed() {
    if (at_end() || text_[at_] != '<') return std::nullopt;
    std::size_t end = at_ + 1;
    while (end < text_.size() && !is(text_[end], kNotInIri))
      ++end;
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    if (end == text_.size() || text_[end] != '>' || !is_absolute_iri(inside)) return std::nullopt;
    at_ = end + 1;
    return inside;
  }

  std::optional<Term> integer() {
    const std::size_t start = at_;
    while (!at_end() && is(text_[at_], kDigit))
      ++at_;
    if (at_ == start) return std::nullopt;
    return Term::typed(text_.substr(start, at_ - start), kXsdInteger);
  }

  std::optional<Term> literal() {
    if (text_.substr(at_).starts_with("\"\"\"")) return std::nullopt;
    std::string value;
    if (!append_quoted(value)) return std::nullopt;
    if (text_.substr(at_).starts_with("^^")) {
      at_ += 2;
      const auto datatype = bracketed();
      return datatype ? std::optional(Term::typed(value, *datatype)) : std::nullopt;
    }
    if (at_end() || text_[at_] != '@') return Term::literal(value);
    const std::size_t start = ++at_;
    while (!at_end() && is(text_[at_], kLetter))
      ++at_;
    // Subtags are rare enough for the grammar.
    if (at_ == start || at_end() || text_[at_] == '-') return std::nullopt;
    return Term::tagged(value, text_.substr(start, at_ - start));
  }

  /// STRING_LITERAL2, its escapes resolved.
  bool append_quoted(std::string& value) {
    constexpr std::string_view kLetters = "tbnrf\\\"'", kMeanings = "\t\b\n\r\f\\\"'";
    for (++at_; !at_end(); ++at_) {
      const char c = text_[at_];
      if (c == '"') return ++at_, true;
      if (c == '\n' || c == '\r') return false;
      if (c != '\\') {
        value += c;
        continue;
      }
      const std::size_t letter =
          ++at_ < text_.size() ? kLetters.find(text_[at_]) : std::string_view::npos;
      if (letter == std::string_view::npos) return false;
      value += kMeanings[letter];
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// `{ s p o . s p o }` and the end of the text.
std::optional<std::vector<QuadTemplate>> read_block(PlainReader& in) {
  std::vector<QuadTemplate> quads;
  if (!in.take('{')) return std::nullopt;
  while (!in.take('}')) {
    std::optional<Term> subject = in.iri();
    if (!subject) return std::nullopt;
    std::optional<Term> predicate = in.iri();
    if (!predicate) return std::nullopt;
    std::optional<Term> object = in.object();
    if (!object) return std::nullopt;
    quads.push_back({std::move(*subject), std::move(*predicate), std::move(*object)});
    if (in.take('.')) continue;
    if (!in.take('}')) return std::nullopt;
    break;
  }
  if (!in.at_end()) return std::nullopt;
  return quads;
}

}  // namespace

std::optional<Update> read_plain_data(const SourceText& source) {
  PlainReader in(source.text());
  const std::size_t start = in.offset();
  const bool inserts = in.take_keyword("INSERT");
  if ((!inserts && !in.take_keyword("DELETE")) || !in.take_keyword("DATA")) return std::nullopt;
  auto quads = read_block(in);
  if (!quads) return std::nullopt;
  UpdateOperation operation;
  if (inserts)
    operation.node = InsertData{std::move(*quads)};
  else
    operation.node = DeleteData{std::move(*quads)};
  operation.place = source.original(place_at(source.text(), start));
  Update update;
  update.operations.push_back(std::move(operation));
  return update;
}

}  // namespace tripten
