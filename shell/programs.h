// Other programs that this one starts.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace tripten::shell {

/// The file of a program: `name` itself where it holds a slash, else where PATH has it; empty where
/// there is none.
std::string find_program(const std::string& name);

/// Runs a program without a shell, its standard input a text, until it ends; returns its standard
/// output. Throws NotFound where there is none of that name; Limit after `timeout` or where the
/// output is longer than `most` bytes, Cancelled when stopped, and Invalid with the first line of
/// its standard error where it fails.
std::string run_program(const std::vector<std::string>& words, const std::string& input,
                        std::chrono::milliseconds timeout, std::stop_token stop,
                        std::size_t most = std::size_t{256} << 20);

}  // namespace tripten::shell
