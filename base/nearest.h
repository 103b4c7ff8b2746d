// "Did you mean": the known name that a misspelt one was probably meant to be.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tripten {

/// How many insertions, deletions, replacements and swaps of neighbours turn one into the other
/// (optimal string alignment), by bytes; letters that differ only in case (ASCII) are equal.
/// Anything above `most` is reported as `most` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// The name nearest to `word`, if it is at most a third of the word's length away (one edit for
/// words of two letters, at most three in all), or nothing. Of equally near names one that is as
/// long as the word wins, then the first.
std::optional<std::string> nearest_name(std::string_view word,
                                        std::span<const std::string_view> names);
std::optional<std::string> nearest_name(std::string_view word, std::span<const std::string> names);

/// " (did you mean NAME?)" or nothing at all: to be appended to a message.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> names);
std::string did_you_mean(std::string_view word, std::span<const std::string> names);

}  // namespace tripten
