// DurableImage: what a disk holds after the power has failed.
//
// It follows every change that goes through ObservedFiles. A file's bytes are safe once the file is
// synced; a name (a new, a renamed, a removed file) once its folder is. At a call of its choice the
// power fails: that call and all after it fail. Then images can be made of what may be left, from
// nothing but what is safe to everything that was written.
//
//     folder:  names that are safe ── change ── change ── change     (the first k of them happened)
//     file:    bytes that are safe ░░░░░░░░░░░░ bytes written        (some of them, or zeros, are
//     there)
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/crash/observed_files.h"

namespace tripten::test {

/// What becomes of that which was never synced.
enum class Unsynced { Lost, Kept, Random };

class DurableImage final : public FileObserver {
 public:
  /// Follows what is below `root`, whose present content is safe. The power fails at change number
  /// `last`, counted from 1; 0 is never.
  DurableImage(std::filesystem::path root, std::uint64_t last);

  rocksdb::IOStatus before(FileCall& call) override;
  void after(const FileCall& call) override;

  /// The changes there were, with those that failed.
  std::uint64_t changes() const;
  bool has_failed() const;
  /// Makes a folder of what is left.
  void write_to(const std::filesystem::path& folder, Unsynced unsynced,
                std::mt19937_64& random) const;

 private:
  struct Node;
  using NodePtr = std::shared_ptr<Node>;
  using Change = std::vector<std::pair<std::string, NodePtr>>;  // null: the name goes
  struct Node {
    bool is_folder = false;
    std::map<std::string, NodePtr> names{}, safe_names{};  // of a folder
    std::vector<Change> changes{};                         // from safe_names to names
    std::string bytes{}, safe_bytes{};                     // of a file
    bool is_overwritten = false;  // a sector: it holds the old bytes, the new ones, or zeros
  };

  static NodePtr read_node(const std::filesystem::path& path);
  NodePtr find(const std::string& path) const;
  void change(const std::string& path, const NodePtr& node);
  void rename(const FileCall& call);
  static void write_node(const Node& node, const std::filesystem::path& path, Unsynced unsynced,
                         std::mt19937_64& random);
  static std::string bytes_left(const Node& file, bool may_hold_zeros, Unsynced unsynced,
                                std::mt19937_64& random);

  mutable std::mutex mutex_{};
  std::filesystem::path root_;
  NodePtr tree_;
  std::uint64_t last_, count_ = 0;
  bool has_failed_ = false;
};

}  // namespace tripten::test
