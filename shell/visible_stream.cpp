#include "shell/visible_stream.h"

#include <string_view>

namespace tripten::shell {

namespace {

constexpr std::string_view kReplacement = "\uFFFD";
constexpr char kC1Lead = '\xC2';  // U+0080 to U+00BF in UTF-8

bool is_obeyed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7F;
}

}  // namespace

std::streamsize VisibleStream::Buffer::xsputn(const char* bytes, std::streamsize size) {
  text_.clear();
  for (const char c : std::string_view(bytes, static_cast<std::size_t>(size))) {
    if (after_c2_) {
      after_c2_ = false;
      if (static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xA0) {
        text_ += kReplacement;
        continue;
      }
      text_ += kC1Lead;
    }
    if (c == kC1Lead)
      after_c2_ = true;
    else if (is_obeyed(c))
      text_ += kReplacement;
    else
      text_ += c;
  }
  to_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  return to_ ? size : 0;
}

VisibleStream::Buffer::int_type VisibleStream::Buffer::overflow(int_type c) {
  const char byte = traits_type::to_char_type(c);
  return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
}

int VisibleStream::Buffer::sync() {
  to_.flush();
  return to_ ? 0 : -1;
}

}  // namespace tripten::shell
