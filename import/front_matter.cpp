// Finds the two lines around front matter.
#include "import/front_matter.h"

#include "tripten/error.h"

namespace tripten {

namespace {

/// The line that starts at `from`, without its end; `from` goes to the next line.
std::string_view take_line(std::string_view text, std::size_t& from) {
  std::size_t end = text.find('\n', from);
  std::string_view line = text.substr(from, end == std::string_view::npos ? end : end - from);
  from = end == std::string_view::npos ? text.size() : end + 1;
  return line;
}

bool is_mark(std::string_view line, std::string_view mark) {
  if (!line.starts_with(mark)) return false;
  return line.find_first_not_of(" \t\r", mark.size()) == std::string_view::npos;
}

}  // namespace

SplitDocument split_front_matter(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  SplitDocument split;
  std::size_t at = 0;
  if (!is_mark(take_line(text, at), "---")) {
    split.body = text;
    return split;
  }
  std::size_t start = at;
  for (int line_number = 2; at < text.size(); ++line_number) {
    std::size_t line_start = at;
    std::string_view line = take_line(text, at);
    if (is_mark(line, "---") || is_mark(line, "...")) {
      split.front_matter = text.substr(start, line_start - start);
      split.body = text.substr(at);
      split.body_line = line_number + 1;
      return split;
    }
  }
  throw Error(ErrorCode::Syntax, "its front matter has no closing line ---", {1, 1});
}

}  // namespace tripten
