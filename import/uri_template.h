// URI templates (RFC 6570) as CSVW uses them: `https://identifiers.org/ncbigene/{entrez}`.
//
// Level 1 and 2, and several variables in one expression: `{name}`, `{a,b}`, `{+name}`, `{#name}`.
// Names are those of columns, percent-encoded where they have to be, and `_row`, `_sourceRow`,
// `_column`, `_sourceColumn`, `_name`.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/prefixes.h"

namespace tripten {

class UriTemplate {
 public:
  /// The value of a variable; nothing where it has none.
  using Values = std::function<std::optional<std::string_view>(std::size_t variable)>;

  UriTemplate() = default;
  /// A compact IRI at the start of the text is expanded here. Throws Invalid for an expression that
  /// is not understood.
  UriTemplate(std::string_view text, const Prefixes& prefixes);

  /// Appends the IRI, without resolving it against a base: false, and nothing of use in `out`,
  /// where a variable has no value. (RFC 6570 would expand it to nothing, and give all rows without
  /// an id the same IRI.) A compact IRI that the values made is expanded.
  bool expand(const Values& values, std::string& out) const;

  /// The variables' names in the order of the template, percent-encoding undone; the `variable` of
  /// Values is a place in it.
  const std::vector<std::string>& variables() const { return variables_; }
  bool is_constant() const { return variables_.empty(); }
  const std::string& text() const { return text_; }

 private:
  struct Part {
    enum class Kind { Literal, Simple, Reserved, Fragment };
    Kind kind = Kind::Literal;
    std::string literal{};
    std::size_t first = 0, count = 0;  // of variables_
  };

  void add_literal(std::string_view text);
  void add_expression(std::string_view inside);

  std::string text_{};
  Prefixes prefixes_{};
  bool may_be_compact_ = false;  // the scheme comes from a value
  std::vector<Part> parts_{};
  std::vector<std::string> variables_{};
};

/// `%41` → `A`.
std::string percent_decoded(std::string_view text);
/// What RFC 6570 says of a simple expansion: everything but letters, digits and `-._~` is encoded.
void append_percent_encoded(std::string_view text, std::string& out);

}  // namespace tripten
