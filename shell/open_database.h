// Opening the database that a command names.
#pragma once

#include <string>

#include "tripten/tripten.h"

namespace tripten::shell {

/// The database at `directory` could not be opened: exit code 3.
struct OpenError : Error {
  using Error::Error;
};

/// Runs `work`; what it finds wrong with a directory becomes an OpenError.
template <typename Work>
auto at_directory(Work work) {
  try {
    return work();
  } catch (const Error& error) {
    if (error.code == ErrorCode::Limit || error.code == ErrorCode::Cancelled) throw;
    throw OpenError(error.code, error.what());
  }
}

/// Never writes; what is not there is an error.
Database open_for_reading(const std::string& directory, std::size_t memory = 0);
/// Writes; what is not there is an error.
Database open_to_maintain(const std::string& directory);
/// Creates a database where there is nothing or an empty directory, and says so.
Database open_for_writing(const std::string& directory, std::size_t memory = 0);

}  // namespace tripten::shell
