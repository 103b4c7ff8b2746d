// Leniency: what happens to a file, row or value that is wrong: an error, or left out and counted.
#pragma once

#include <cstddef>
#include <string>

#include "tripten/error.h"

#include "import/importer.h"

namespace tripten {

class Leniency {
 public:
  Leniency(bool lenient, ImportReport& report) : lenient_(lenient), report_(report) {}

  /// A file or row can't be used: throws `error`, or counts it and keeps its message. Errors that
  /// are not about data (Io, Limit, Cancelled, ...) are thrown always.
  void skip(const Error& error) {
    if (!lenient_ || !is_about_data(error)) throw error;
    ++report_.skipped;
    if (report_.first_skipped.size() < kShown) report_.first_skipped.push_back(error.what());
  }
  /// A value can't be used: throws `error`, or counts it as `reason`.
  void leave_out(const Error& error, const std::string& reason) {
    if (!lenient_) throw error;
    ++report_.left_out[reason];
  }

 private:
  static constexpr std::size_t kShown = 10;

  static bool is_about_data(const Error& error) {
    return error.code == ErrorCode::Syntax || error.code == ErrorCode::Invalid ||
           error.code == ErrorCode::NotFound;
  }

  bool lenient_;
  ImportReport& report_;
};

}  // namespace tripten
