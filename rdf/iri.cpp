// Reference resolution: RFC 3986 §5.2 works on five components, each there or not.
//
//     scheme : //authority path ? query # fragment
//
// The split is that of RFC 3986 appendix B; everything is bytes, so IRIs work as URIs do.
#include "rdf/iri.h"

#include <algorithm>
#include <optional>

namespace tripten {
namespace {

struct Components {
  std::optional<std::string_view> scheme{}, authority{}, query{}, fragment{};
  std::string_view path{};
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_scheme_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/// Bytes of the scheme; 0 if there is none.
std::size_t scheme_length(std::string_view iri) {
  if (iri.empty() || !is_letter(iri[0])) return 0;
  std::size_t end = 1;
  while (end < iri.size() && is_scheme_character(iri[end]))
    ++end;
  return end < iri.size() && iri[end] == ':' ? end : 0;
}

Components split(std::string_view iri) {
  Components parts;
  if (const std::size_t length = scheme_length(iri)) {
    parts.scheme = iri.substr(0, length);
    iri.remove_prefix(length + 1);
  }
  if (const std::size_t at = iri.find('#'); at != std::string_view::npos) {
    parts.fragment = iri.substr(at + 1);
    iri = iri.substr(0, at);
  }
  if (const std::size_t at = iri.find('?'); at != std::string_view::npos) {
    parts.query = iri.substr(at + 1);
    iri = iri.substr(0, at);
  }
  if (iri.starts_with("//")) {
    const std::size_t end = std::min(iri.find('/', 2), iri.size());
    parts.authority = iri.substr(2, end - 2);
    iri.remove_prefix(end);
  }
  parts.path = iri;
  return parts;
}

/// §5.2.4 in one pass: segments are appended, `..` takes the last one off.
std::string without_dot_segments(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  const auto drop_segment = [&out] { out.resize(std::min(out.rfind('/'), out.size())); };
  while (!path.empty()) {
    if (path.starts_with("../")) {
      path.remove_prefix(3);
    } else if (path.starts_with("./") || path.starts_with("/./")) {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.starts_with("/../")) {
      path.remove_prefix(3);
      drop_segment();
    } else if (path == "/..") {
      path = "/";
      drop_segment();
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const std::size_t end = std::min(path.find('/', 1), path.size());
      out += path.substr(0, end);
      path.remove_prefix(end);
    }
  }
  return out;
}

/// §5.2.3: the reference's path in place of the base's last segment.
std::string merged_path(const Components& base, std::string_view path) {
  if (base.authority && base.path.empty()) return '/' + std::string(path);
  const std::size_t slash = base.path.rfind('/');
  std::string out(slash == std::string_view::npos ? "" : base.path.substr(0, slash + 1));
  return out += path;
}

/// §5.3.
std::string joined(const Components& parts, std::string_view path) {
  std::string out;
  if (parts.scheme) out.append(*parts.scheme) += ':';
  if (parts.authority) out.append("//").append(*parts.authority);
  out += path;
  if (parts.query) (out += '?').append(*parts.query);
  if (parts.fragment) (out += '#').append(*parts.fragment);
  return out;
}

}  // namespace

std::string resolve_iri(std::string_view reference, std::string_view base) {
  Components target = split(reference);
  if (target.scheme) return joined(target, without_dot_segments(target.path));
  const Components from = split(base);
  target.scheme = from.scheme;
  if (target.authority) return joined(target, without_dot_segments(target.path));
  target.authority = from.authority;
  if (target.path.empty()) {
    if (!target.query) target.query = from.query;
    return joined(target, from.path);
  }
  if (target.path.starts_with('/')) return joined(target, without_dot_segments(target.path));
  return joined(target, without_dot_segments(merged_path(from, target.path)));
}

bool is_absolute_iri(std::string_view iri) {
  return scheme_length(iri) != 0;
}

bool has_iri_characters(std::string_view iri) {
  return std::none_of(iri.begin(), iri.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 ||
           std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos;
  });
}

}  // namespace tripten
