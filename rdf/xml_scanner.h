// XmlScanner: cuts an XML document into pieces of one tag each, on its way to raptor2.
//
// raptor2 and libxml2 understand the pieces. The scanner knows what they do not tell or limit:
//
//   - the place (line and column) of the tag at hand;
//   - the language in scope, which raptor2 loses for property attributes;
//   - how deep elements are nested, and what entities grow to;
//   - entities of other files, which libxml2 leaves out silently when it may not load them;
//   - encodings: bytes that are no UTF-8, and encodings in which < and & are not the bytes of
//   ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"

#include "base/input.h"

namespace tripten {

class XmlScanner {
 public:
  explicit XmlScanner(Input& input) : input_(input) {}

  /// The next piece: some text and then at most one tag, comment, instruction or declaration, the
  /// view valid until the next call. False at the end. Throws what is wrong, with its place.
  bool next(std::string_view& piece);

  /// The language in scope in the element whose tag ends the last piece; empty if there is none.
  std::string_view language() const {
    return elements_.empty() ? std::string_view() : elements_.back().language;
  }

  /// An error at the tag that ends the last piece.
  Error error_here(ErrorCode code, const std::string& what) const;

 private:
  struct Element {
    std::string language;
  };
  /// What an entity stands for, all entities in it included.
  struct Expansion {
    std::uint64_t bytes = 0;
    bool has_markup = false;
  };
  struct Entity {
    std::string value{};
    bool is_external = false;
    std::optional<Expansion> expansion{};  // once somebody asked
  };

  void begin_document();
  void fill();
  void pass(std::size_t to);
  std::size_t piece_end();
  std::size_t text_end() const;
  std::size_t markup_end(std::size_t at) const;
  void check_utf8() const;

  void take_markup();
  void take_start_tag(std::string_view tag);
  void take_attribute(std::string_view name, std::string_view value, Element& element);
  void take_document_type(std::string_view declaration);
  void take_entity(std::string_view declaration);
  void check_references(std::string_view text);
  Expansion expansion_of(std::string_view name, int depth, std::string_view reference);

  Error error_at(const char* at, ErrorCode code, const std::string& what) const;

  Input& input_;
  std::string buffer_{};
  bool has_begun_ = false;
  bool is_read_ = false;               // nothing follows the buffer
  bool is_utf8_ = true;                // else one byte a character
  std::size_t begin_ = 0;              // of the last piece
  std::size_t markup_ = 0;             // of its tag, or its end
  std::size_t end_ = 0;                // of the last piece
  std::size_t line_ = 1, column_ = 1;  // of begin_
  std::uint64_t bytes_ = 0;            // read in all
  std::uint64_t expanded_ = 0;         // bytes that entities have stood for

  std::vector<Element> elements_{};  // open ones, the root first
  bool closes_ = false;              // the last piece ends the innermost
  std::map<std::string, Entity, std::less<>> entities_{};
};

}  // namespace tripten
