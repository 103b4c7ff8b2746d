// Files whose failures RocksDB recovers from when it is told to.
//
// Of its own accord RocksDB refuses to write ever again after a log or a MANIFEST could not be
// written, except where the disk was full: then a thread of its own tries now and then, and goes on
// with the log as it is. Here each failure to write, or to read back what was written, counts as
// one that may pass (IOStatus's "retryable"), so that Rocks decides when to go on, and begins a new
// log.
//
// Ingesting a file, RocksDB 7.8 asks for its first and last keys and does not ask whether the reads
// went well: it would take wrong bounds, or end the process. So a read that fails is tried once
// more, and a file about to be ingested has its end, where the last key is, read when it is
// opened: a disk that is broken for good makes the opening fail, which RocksDB does ask.
#pragma once

#include <memory>

#include <rocksdb/file_system.h>

namespace tripten {

std::shared_ptr<rocksdb::FileSystem> recoverable_files(
    const std::shared_ptr<rocksdb::FileSystem>& files);

}  // namespace tripten
