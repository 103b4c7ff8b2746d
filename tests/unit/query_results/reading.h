// Texts read as solutions, and what is said where they can't be.
#pragma once

#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "tripten/solutions.h"

namespace tripten {

inline SolutionTable read_text(const std::string& text, Format format) {
  std::istringstream in(text);
  return read_solutions(in, format);
}

/// The message of the error, without the name of the source; its position is in the message.
inline std::string error_of(const std::string& text, Format format,
                            ErrorCode code = ErrorCode::Syntax) {
  try {
    read_text(text, format);
  } catch (const Error& error) {
    const std::string what = error.what();
    CHECK(error.code == code);
    REQUIRE(what.starts_with("the answer, line "));
    REQUIRE(error.position);
    CHECK(what.find("line " + std::to_string(error.position->first) + ", column " +
                    std::to_string(error.position->second) + ": ") != std::string::npos);
    return what.substr(std::string("the answer, line ").size());
  }
  return "no error";
}

}  // namespace tripten
