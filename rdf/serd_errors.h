// Errors of serd: where they are and how a person would say them.
//
// serd reports no place for some errors, and counts bytes for the others. So a text in which serd
// found something is parsed once more, a byte at a time, and the bytes that serd has taken are
// counted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <serd/serd.h>

#include "tripten/error.h"

namespace tripten {

/// What serd reports, as text.
std::string text_of_serd_error(const SerdError& error);

/// The text's offsets that a search for an error starts from.
struct SerdPlace {
  std::size_t before = 0;  ///< Behind the event (statement, directive) before the error.
  std::size_t at = 0;      ///< What serd looks at when it finds the error.
};

/// The place where the event number `event` (from 1) of `text` is reported, or an error before it.
SerdPlace locate_serd_error(std::string_view text, SerdSyntax syntax, std::size_t event);

/// An error in a user's words: `{}` in `what` stands for what is found at `offset`.
struct PlacedError {
  std::size_t offset;
  ErrorCode code;
  std::string what;
};

/// `message` is serd's, empty where serd gave none.
PlacedError reworded_serd_error(std::string_view text, SerdSyntax syntax,
                                const std::string& message, const SerdPlace& place);

/// Where `wanted` stands in `text`: at the first place behind the event before, as a whole word.
std::size_t offset_of_term(std::string_view text, std::string_view wanted, const SerdPlace& place);

}  // namespace tripten
