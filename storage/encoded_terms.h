// EncodedTerms: the encoded bytes (rdf/term_codec.h) of many terms, side by side.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tripten {

class EncodedTerms {
 public:
  void clear() {
    text_.clear();
    ends_.clear();
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t index) const {
    const std::size_t start = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(start, ends_[index] - start);
  }
  /// Bytes of all the terms.
  std::size_t bytes() const { return text_.size(); }

  /// A term is what is appended to text() before end_term().
  std::string& text() { return text_; }
  void end_term() { ends_.push_back(text_.size()); }
  void add(std::string_view term) {
    text_ += term;
    end_term();
  }

 private:
  std::string text_{};
  std::vector<std::size_t> ends_{};
};

}  // namespace tripten
