// Reads a text line by line: headings open sections, marks in all other lines are mentions of the
// section that is open. A section ends where a heading of its level or a higher one begins.
#include "import/article.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "import/values.h"

namespace tripten {

namespace {

constexpr std::string_view kMark = "](@entry_id:";
constexpr std::size_t kLongestWord = 1000;

bool is_id_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-' || c == '.';
}

class ArticleReader {
 public:
  Article read(std::string_view text) {
    while (!text.empty()) {
      std::size_t end = std::min(text.find('\n'), text.size());
      read_line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::move(article_);
  }

 private:
  void read_line(std::string_view line) {
    std::string_view start = trimmed(line);
    if (start.starts_with("```") || start.starts_with("~~~")) {
      if (fence_.empty())
        fence_ = start.substr(0, 3);
      else if (start.starts_with(fence_))
        fence_.clear();
      return;
    }
    if (!fence_.empty()) return;
    std::size_t level = std::min(line.find_first_not_of('#'), line.size());
    bool is_heading =
        level >= 1 && level <= 6 &&
        (level == line.size() || line[level] == ' ' || line[level] == '\t' || line[level] == '\r');
    if (is_heading) open_section(static_cast<int>(level), trimmed(line.substr(level)));
    read_marks(line);
  }

  void open_section(int level, std::string_view heading) {
    while (heading.ends_with('#'))
      heading.remove_suffix(1);  // A closing sequence.
    std::vector<ArticleSection>& sections = article_.sections;
    std::string title = without_emphasis(without_marks(trimmed(heading)));
    if (level == 1 && sections.size() == 1 && article_.title.empty()) {
      article_.title = title;
      return;
    }
    std::size_t parent = section_;
    while (sections[parent].level >= level)
      parent = sections[parent].parent;
    children_.resize(sections.size());
    int position = ++children_[parent];
    sections.push_back({std::move(title), level, parent, position});
    section_ = sections.size() - 1;
  }

  /// `[iodine](@entry_id:1)` → `iodine`.
  static std::string without_marks(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
      std::size_t mark = text.find(kMark);
      std::size_t close = mark == std::string_view::npos ? mark : text.find(')', mark);
      std::size_t open = close == std::string_view::npos ? close : find_open(text, mark);
      if (open == std::string_view::npos) break;
      plain.append(text.substr(0, open)).append(text.substr(open + 1, mark - open - 1));
      text.remove_prefix(close + 1);
    }
    return plain.append(text);
  }

  /// The bracket that the one at `close` closes.
  static std::size_t find_open(std::string_view line, std::size_t close) {
    std::size_t depth = 0;
    for (std::size_t i = close; i-- > 0 && close - i <= kLongestWord;) {
      if (line[i] == ']') ++depth;
      if (line[i] == '[' && depth-- == 0) return i;
    }
    return std::string_view::npos;
  }

  void read_marks(std::string_view line) {
    for (std::size_t at = 0; (at = line.find(kMark, at)) != std::string_view::npos;) {
      std::size_t open = find_open(line, at);
      std::size_t start = at + kMark.size(), end = start;
      while (end < line.size() && is_id_character(line[end]))
        ++end;
      if (open != std::string_view::npos && end > start && end < line.size() && line[end] == ')')
        add_mention(line.substr(start, end - start), trimmed(line.substr(open + 1, at - open - 1)));
      at = end;
    }
  }

  void add_mention(std::string_view id, std::string_view word) {
    auto key = std::make_tuple(section_, std::string(id), std::string(word));
    auto [place, is_new] = places_.try_emplace(std::move(key), article_.mentions.size());
    if (is_new) article_.mentions.push_back({section_, std::string(id), std::string(word), 0});
    ++article_.mentions[place->second].count;
  }

  Article article_{};
  std::size_t section_ = 0;
  std::vector<int> children_{};  // beside article_.sections
  std::string fence_{};
  std::map<std::tuple<std::size_t, std::string, std::string>, std::size_t> places_{};
};

}  // namespace

Article read_article(std::string_view text) {
  return ArticleReader().read(text);
}

std::string without_emphasis(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool is_underscore_inside =
        text[i] == '_' && i > 0 && i + 1 < text.size() && text[i - 1] != ' ' && text[i + 1] != ' ';
    if (text[i] == '*' || text[i] == '`' || (text[i] == '_' && !is_underscore_inside)) continue;
    plain += text[i];
  }
  return std::string(trimmed(plain));
}

}  // namespace tripten
