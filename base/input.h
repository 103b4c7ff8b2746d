// Input: bytes that arrive in order, plain or decompressed on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace tripten {

class Input {
 public:
  virtual ~Input() = default;

  /// Reads at most `size` bytes; 0 is the end. Throws Io (the system's reason) or, for compressed
  /// data that is damaged or cut short, Invalid, always with name() in front.
  virtual std::size_t read(char* to, std::size_t size) = 0;

  /// Bytes of the file that have been read, as stored: how far one is. 0 where nobody knows.
  virtual std::uint64_t position() const { return 0; }

  /// What errors call it: a path as the user wrote it, or "standard input".
  const std::string& name() const { return name_; }

 protected:
  explicit Input(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

/// Opens a file; gzip, bzip2 and zstd are known by their first bytes, whatever the file is called,
/// and several compressed members in a row are one stream. NotFound or Io where it can't be opened;
/// a directory is Invalid.
std::unique_ptr<Input> open_input(const std::filesystem::path& file);
/// The same for standard input.
std::unique_ptr<Input> standard_input();
/// For tests and for texts already in memory (not decompressed).
std::unique_ptr<Input> text_input(std::string text, std::string name);

/// All that is left, refusing with Limit more than `most` bytes.
std::string read_all(Input& input, std::size_t most);

}  // namespace tripten
