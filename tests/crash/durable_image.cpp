#include "tests/crash/durable_image.h"

#include <fstream>
#include <iterator>

namespace tripten::test {

namespace fs = std::filesystem;

namespace {

/// Without `..` and without a slash at the end.
fs::path normal(const std::string& path) {
  const fs::path clean = fs::path(path).lexically_normal();
  return clean.has_filename() ? clean : clean.parent_path();
}

}  // namespace

DurableImage::DurableImage(fs::path root, std::uint64_t last)
    : root_(std::move(root)),
      tree_(read_node(root_)),
      last_(last) {}

DurableImage::NodePtr DurableImage::read_node(const fs::path& path) {
  auto node = std::make_shared<Node>();
  node->is_folder = fs::is_directory(path);
  if (node->is_folder) {
    for (const auto& entry : fs::directory_iterator(path))
      node->names[entry.path().filename()] = read_node(entry.path());
    node->safe_names = node->names;
  } else {
    std::ifstream file(path, std::ios::binary);
    node->bytes.assign(std::istreambuf_iterator<char>(file), {});
    node->safe_bytes = node->bytes;
  }
  return node;
}

/// Nothing where the path is not below the root, or was made past the observed files.
DurableImage::NodePtr DurableImage::find(const std::string& path) const {
  const fs::path relative = normal(path).lexically_relative(root_);
  if (relative.empty() || *relative.begin() == "..") return nullptr;
  NodePtr node = tree_;
  for (const fs::path& name : relative) {
    if (name == ".") continue;
    const auto found = node->names.find(name);
    if (found == node->names.end()) return nullptr;
    node = found->second;
  }
  return node;
}

/// The path stands for `node` from now on; for nothing, where that is null.
void DurableImage::change(const std::string& path, const NodePtr& node) {
  const fs::path name = normal(path);
  const NodePtr folder = find(name.parent_path());
  if (!folder) return;
  folder->changes.push_back({{name.filename(), node}});
  if (node)
    folder->names[name.filename()] = node;
  else
    folder->names.erase(name.filename());
}

void DurableImage::rename(const FileCall& call) {
  const fs::path from = normal(call.path), to = normal(call.target);
  NodePtr node = find(call.path);
  // A folder that was made past the observed files is safe as far as it can be seen.
  if (!node) node = read_node(to);
  const NodePtr folder = find(to.parent_path());
  if (!folder) return;
  change(call.target, node);
  if (!find(call.path)) return;
  if (from.parent_path() != to.parent_path()) return change(call.path, nullptr);
  folder->names.erase(from.filename());
  folder->changes.back().emplace_back(from.filename(), nullptr);  // both at once
}

rocksdb::IOStatus DurableImage::before(FileCall& call) {
  const std::lock_guard lock(mutex_);
  if (call.is_change() && ++count_ == last_) has_failed_ = true;
  if (has_failed_) call.data = {};
  return has_failed_ ? rocksdb::IOStatus::IOError("the power has failed") : rocksdb::IOStatus::OK();
}

void DurableImage::after(const FileCall& call) {
  const std::lock_guard lock(mutex_);
  const NodePtr node = find(call.path);
  switch (call.kind) {
    case CallKind::Create:
      change(call.path, std::make_shared<Node>());
      break;
    case CallKind::Write:
      if (node) node->bytes += call.data;
      break;
    case CallKind::Overwrite:
      if (!node) break;
      node->bytes.replace(0, call.data.size(), call.data);
      node->is_overwritten = true;
      break;
    case CallKind::Sync:
      if (node) node->safe_bytes = node->bytes;
      break;
    case CallKind::Rename:
      rename(call);
      break;
    case CallKind::Link:
      if (node) change(call.target, node);
      break;
    case CallKind::Delete:
    case CallKind::DeleteFolder:
      change(call.path, nullptr);
      break;
    case CallKind::MakeFolder:
      if (!node) change(call.path, std::make_shared<Node>(Node{.is_folder = true}));
      break;
    case CallKind::SyncFolder:
      if (!node) break;
      node->safe_names = node->names;
      node->changes.clear();
      break;
    default:
      break;
  }
}

std::uint64_t DurableImage::changes() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

bool DurableImage::has_failed() const {
  const std::lock_guard lock(mutex_);
  return has_failed_;
}

/// A log may also have its new length before it has its new bytes. (RocksDB takes that for damage
/// in a MANIFEST; file systems in use write the bytes first.)
std::string DurableImage::bytes_left(const Node& file, bool may_hold_zeros, Unsynced unsynced,
                                     std::mt19937_64& random) {
  const std::string &now = file.bytes, &safe = file.safe_bytes;
  if (unsynced == Unsynced::Lost || now == safe) return safe;
  if (unsynced == Unsynced::Kept) return now;
  if (file.is_overwritten && safe.empty() && random() % 2) return std::string(now.size(), '\0');
  if (file.is_overwritten) return random() % 2 ? now : safe;
  std::string left = now.substr(0, safe.size() + random() % (now.size() - safe.size() + 1));
  if (may_hold_zeros && random() % 3 == 0) left.resize(now.size(), '\0');
  return left;
}

void DurableImage::write_node(const Node& node, const fs::path& path, Unsynced unsynced,
                              std::mt19937_64& random) {
  if (!node.is_folder) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        << bytes_left(node, path.extension() == ".log", unsynced, random);
    return;
  }
  fs::create_directory(path);
  std::map<std::string, NodePtr> names = node.safe_names;
  std::size_t happened = unsynced == Unsynced::Lost ? 0 : node.changes.size();
  if (unsynced == Unsynced::Random) happened = random() % (node.changes.size() + 1);
  for (std::size_t i = 0; i < happened; ++i)
    for (const auto& [name, to] : node.changes[i]) {
      if (to)
        names[name] = to;
      else
        names.erase(name);
    }
  for (const auto& [name, of] : names)
    write_node(*of, path / name, unsynced, random);
}

void DurableImage::write_to(const fs::path& folder, Unsynced unsynced,
                            std::mt19937_64& random) const {
  const std::lock_guard lock(mutex_);
  fs::remove_all(folder);
  write_node(*tree_, folder, unsynced, random);
}

}  // namespace tripten::test
