// A dump into a file that is whole or not there.
#pragma once

#include <stop_token>
#include <string>

#include "tripten/tripten.h"

namespace tripten::shell {

/// Writes beside the file and puts that in its place at the end: what ends early, with an Error,
/// leaves the file as it was. A device or a pipe is written to as it stands.
void dump_to_file(const Snapshot& data, const std::string& file, Format format,
                  std::stop_token stop);

}  // namespace tripten::shell
