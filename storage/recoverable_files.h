// Files whose failures RocksDB recovers from when it is told to.
//
// Of its own accord RocksDB refuses to write ever again after a log or a MANIFEST could not be
// written, except where the disk was full: then a thread of its own tries now and then, and goes on
// with the log as it is. Here each failure to write counts as one that may pass (IOStatus's
// "retryable"), so that Rocks decides when to go on, and begins a new log.
//
// A read that fails is tried once more. Ingesting a file, RocksDB 7.8 asks for its first and last
// keys and does not ask whether the reads went well: it would take wrong bounds, or end the
// process.
#pragma once

#include <memory>

#include <rocksdb/file_system.h>

namespace tripten {

std::shared_ptr<rocksdb::FileSystem> recoverable_files(
    const std::shared_ptr<rocksdb::FileSystem>& files);

}  // namespace tripten
