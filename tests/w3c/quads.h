// Quads: an RDF dataset as a test compares it, and how a file becomes one.
#pragma once

#include <compare>
#include <filesystem>
#include <string>
#include <vector>

#include "tripten/format.h"
#include "tripten/term.h"

namespace tripten {

/// An unbound graph is the default graph.
struct Quad {
  Term subject{}, predicate{}, object{}, graph{};
  friend bool operator==(const Quad&, const Quad&) = default;
  friend std::strong_ordering operator<=>(const Quad&, const Quad&) = default;
};
using Quads = std::vector<Quad>;  // a set: sorted, without duplicates

/// The statements of a file whose name tells its format. Throws Error as the readers do.
Quads read_quads(const std::filesystem::path& file, const std::string& base);

/// The statements of a text.
Quads read_quads(std::string text, Format format, const std::string& base);

/// One statement a line, as N-Quads.
std::string nquads_of(const Quads& quads);

}  // namespace tripten
