// Front matter: the YAML between two lines `---` at the start of a document.
#pragma once

#include <optional>
#include <string_view>

namespace tripten {

/// Views of a text's parts.
struct SplitDocument {
  std::optional<std::string_view> front_matter{};  ///< Without its two lines `---`.
  std::string_view body{};
  int front_matter_line = 2;  ///< Of the front matter's start.
  int body_line = 1;          ///< Of the body's start.
};

/// A byte order mark is passed over; lines may end in CR LF; `...` ends front matter, too. Throws
/// Syntax where a text begins with `---` and no line ends what it begins.
SplitDocument split_front_matter(std::string_view text);

}  // namespace tripten
