// WriterLock: one writing process for a database, and who it is.
//
// The lock is an exclusive lock of the file WRITER that belongs to its open file description
// (F_OFD_SETLK): it conflicts inside a process as between processes, goes when the process dies,
// and can be asked for without taking it.
#pragma once

#include <filesystem>
#include <string>

namespace tripten {

class WriterLock {
 public:
  /// Takes the lock and writes process id, host and time into the file. Busy, naming the holder,
  /// where another one has it.
  explicit WriterLock(const std::filesystem::path& database);
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock();

  /// Whether a writer holds the database now.
  static bool is_held(const std::filesystem::path& database);

 private:
  int file_ = -1;
};

}  // namespace tripten
