// Parses a template once into parts; expands it row by row by appending.
#include "import/uri_template.h"

#include <fmt/format.h>

#include "tripten/error.h"

#include "import/identifiers.h"
#include "rdf/byte_class.h"

namespace tripten {

namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_reserved(unsigned char c) {
  return std::string_view(":/?#[]@!$&'()*+,;=").find(static_cast<char>(c)) !=
         std::string_view::npos;
}

bool is_escape(std::string_view text, std::size_t at) {
  return text[at] == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
         hex_value(text[at + 2]) >= 0;
}

void append_escape(unsigned char c, std::string& out) {
  out += '%';
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

/// `{+name}` and `{#name}`: reserved characters and what is already encoded stay.
void append_reserved(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (is_unreserved(c) || is_reserved(c) || is_escape(text, i))
      out += text[i];
    else
      append_escape(c, out);
  }
}

}  // namespace

void append_percent_encoded(std::string_view text, std::string& out) {
  for (char c : text) {
    if (is_unreserved(static_cast<unsigned char>(c)))
      out += c;
    else
      append_escape(static_cast<unsigned char>(c), out);
  }
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_escape(text, i)) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

UriTemplate::UriTemplate(std::string_view text, const Prefixes& prefixes)
    : text_(text),
      prefixes_(prefixes) {
  std::size_t open = text.find('{');
  std::string expanded;
  if (auto colon = text.find(':'); colon != std::string_view::npos && colon < open) {
    if (auto iri = expand_compact_iri(text, prefixes)) {
      expanded = *iri;
      text = expanded;
    }
  } else {
    may_be_compact_ = open == 0;
  }
  while (!text.empty()) {
    open = text.find('{');
    add_literal(text.substr(0, open));
    if (open == std::string_view::npos) break;
    std::size_t close = text.find('}', open);
    if (close == std::string_view::npos)
      throw Error(ErrorCode::Invalid, fmt::format("the URI template {} lacks a }}", text_));
    add_expression(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

void UriTemplate::add_literal(std::string_view text) {
  if (text.find('}') != std::string_view::npos)
    throw Error(ErrorCode::Invalid, fmt::format("the URI template {} has a }} too many", text_));
  if (!text.empty()) parts_.push_back({Part::Kind::Literal, iri_text(text), 0, 0});
}

void UriTemplate::add_expression(std::string_view inside) {
  Part part{Part::Kind::Simple, {}, variables_.size(), 0};
  if (inside.starts_with('+') || inside.starts_with('#')) {
    part.kind = inside[0] == '+' ? Part::Kind::Reserved : Part::Kind::Fragment;
    inside.remove_prefix(1);
  }
  constexpr std::string_view kBeyond = "./;?&=,!@|:*+#{";
  while (true) {
    std::size_t comma = inside.find(',');
    std::string_view name = inside.substr(0, comma);
    if (name.empty() || name.find_first_of(kBeyond) == 0 || name.find_first_of(":*{") < name.size())
      throw Error(ErrorCode::Invalid,
                  fmt::format("the URI template {} has an expression that is not understood: only "
                              "{{name}}, {{+name}} and {{#name}} are",
                              text_));
    variables_.push_back(percent_decoded(name));
    ++part.count;
    if (comma == std::string_view::npos) break;
    inside.remove_prefix(comma + 1);
  }
  parts_.push_back(std::move(part));
}

bool UriTemplate::expand(const Values& values, std::string& out) const {
  std::size_t start = out.size();
  for (const Part& part : parts_) {
    if (part.kind == Part::Kind::Literal) {
      out += part.literal;
      continue;
    }
    if (part.kind == Part::Kind::Fragment) out += '#';
    for (std::size_t i = 0; i < part.count; ++i) {
      std::optional<std::string_view> value = values(part.first + i);
      if (!value) return false;
      if (i) out += ',';
      if (part.kind == Part::Kind::Simple)
        append_percent_encoded(*value, out);
      else
        append_reserved(*value, out);
    }
  }
  if (may_be_compact_) {
    if (auto iri = expand_compact_iri(std::string_view(out).substr(start), prefixes_))
      out.replace(start, std::string::npos, *iri);
  }
  return true;
}

}  // namespace tripten
