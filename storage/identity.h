// What a directory is: the files that say "this is a database" and "these are backups".
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <rocksdb/file_system.h>

namespace tripten {

enum class Found : std::uint8_t { Nothing, EmptyFolder, Unfinished, Database, SomethingElse };

/// Corrupt for a database of another version, Io for what can't be read.
Found find_database(rocksdb::FileSystem& files, const std::filesystem::path& directory);
[[noreturn]] void throw_no_database(const std::filesystem::path& directory, Found found);

/// What a directory says of itself while its database is made, and from then on. Durable.
void write_unfinished(rocksdb::FileSystem& files, const std::filesystem::path& directory);
void write_identity(rocksdb::FileSystem& files, const std::filesystem::path& directory);

void write_backup_identity(rocksdb::FileSystem& files, const std::filesystem::path& folder);
/// Whether the folder holds backups that this version can read.
bool is_backup_folder(rocksdb::FileSystem& files, const std::filesystem::path& folder);

/// Makes a folder, with those above it, where it is not there. Durable.
void make_folder(rocksdb::FileSystem& files, const std::filesystem::path& path);
/// Makes the names in a folder durable.
void sync_folder(rocksdb::FileSystem& files, const std::filesystem::path& path);

}  // namespace tripten
