// The exit codes of the program.
#pragma once

namespace tripten::shell {

constexpr int kDone = 0;
constexpr int kFailed = 1;      ///< The query, the update or the data is wrong or failed.
constexpr int kWrongUsage = 2;  ///< The command line is wrong.
constexpr int kNoDatabase = 3;  ///< The database cannot be opened, or is damaged.
constexpr int kLimit = 4;       ///< A limit was reached: time, memory, disk.
constexpr int kInterrupted = 130;

}  // namespace tripten::shell
