// Yaml: a YAML text as a plain value, whatever the library that reads it.
//
// Scalars stay the text that was written: nothing is read as a number, a date or a boolean ("On"
// and "NO" are gene symbols here). Tags are passed over, only the first document is read, and
// aliases are copies of what they name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tripten {

struct YamlEntry;

struct Yaml {
  enum class Kind : std::uint8_t { Scalar, List, Map };

  Kind kind = Kind::Scalar;
  bool plain = true;  ///< A Scalar without quotes, neither literal nor folded.
  int line = 1;       ///< Where it starts.
  std::string text{};
  std::vector<Yaml> items{};       ///< Of a List.
  std::vector<YamlEntry> entries;  ///< Of a Map: each key once, in the order of the text.
  /// Values of repeated keys that were dropped. Where a key of a map is repeated, two lists are
  /// joined; otherwise the first value that is not empty stays.
  std::uint32_t dropped = 0;

  bool is_scalar() const { return kind == Kind::Scalar; }
  /// A plain scalar that YAML takes for null: nothing at all, `~`, `null`.
  bool is_null() const;
  /// Null, an empty text, an empty list or an empty map.
  bool is_empty() const;
  /// The value of a Map's key; nullptr where there is none, or this is no Map.
  const Yaml* find(std::string_view key) const;
};

struct YamlEntry {
  std::string key{};
  Yaml value{};
};

/// What a hostile text is held to. The defaults are far above every figure file seen (depth 3,
/// 1,500 nodes, 40 KB).
struct YamlLimits {
  std::size_t depth = 32;
  std::size_t nodes = 200'000;  ///< Scalars, lists and maps, copies by aliases included.
  std::size_t text = std::size_t{16} << 20;  ///< Bytes of all scalars, copies included.
};

/// Throws Syntax with a position for what is no YAML, Invalid for what passes a limit or can't be
/// a plain value (a key that is a list). `first_line` is the line of `text`'s start in its file.
Yaml parse_yaml(std::string_view text, const YamlLimits& limits = {}, int first_line = 1);

}  // namespace tripten
