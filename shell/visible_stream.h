// VisibleStream: what reaches a terminal has no characters that it would obey.
#pragma once

#include <ostream>
#include <streambuf>
#include <string>

namespace tripten::shell {

/// A stream in front of another one: control characters (C0 but tab and line breaks, DEL, C1)
/// become U+FFFD, whatever the format of an answer is. Belongs to one thread.
class VisibleStream : public std::ostream {
 public:
  explicit VisibleStream(std::ostream& to) : std::ostream(nullptr), buffer_(to) { rdbuf(&buffer_); }

 private:
  class Buffer : public std::streambuf {
   public:
    explicit Buffer(std::ostream& to) : to_(to) {}

   protected:
    std::streamsize xsputn(const char* bytes, std::streamsize size) override;
    int_type overflow(int_type c) override;
    int sync() override;

   private:
    std::ostream& to_;
    std::string text_{};
    bool after_c2_ = false;  // the first byte of a C1 character in UTF-8, held back
  };
  Buffer buffer_;
};

}  // namespace tripten::shell
