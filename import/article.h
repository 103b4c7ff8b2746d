// Articles: Markdown in which concepts are marked `[text](@entry_id:NNN)`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tripten {

/// Words that stand for a concept in one section; the same words twice are one, counted.
struct ConceptMention {
  std::size_t section = 0;  ///< Place in Article::sections.
  std::string concept_id{};
  std::string word{};  ///< As written, marks of emphasis included.
  std::uint64_t count = 0;
};

struct ArticleSection {
  std::string title{};     ///< Without marks of emphasis; empty for the document itself.
  int level = 0;           ///< Number of `#`; 0 is the document itself.
  std::size_t parent = 0;  ///< Place in Article::sections.
  int position = 0;        ///< Among its parent's sections, from 1.
};

struct Article {
  std::string title{};  ///< Its one heading of the first level, if it begins with it.
  std::vector<ArticleSection> sections{{}};  ///< In the order of the text; first the document.
  std::vector<ConceptMention> mentions{};
};

/// Any text is an article. Headings (`#` to `######`) inside fenced code are text.
Article read_article(std::string_view text);

/// Without `*`, `_` and backquotes around words: a concept's or a heading's plain words.
std::string without_emphasis(std::string_view text);

}  // namespace tripten
