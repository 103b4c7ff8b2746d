#include "base/input.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <bzlib.h>
#include <catch2/catch.hpp>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "tripten/error.h"

using namespace tripten;
namespace fs = std::filesystem;

namespace {

/// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "tripten-input-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() { fs::remove_all(path_); }

  fs::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path_ / name;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string gzipped(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string bzipped(const std::string& text) {
  std::string out(text.size() + text.size() / 50 + 700, '\0');
  unsigned size = static_cast<unsigned>(out.size());
  REQUIRE(BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(text.data()),
                                   static_cast<unsigned>(text.size()), 1, 0, 0) == BZ_OK);
  out.resize(size);
  return out;
}

std::string zstd_compressed(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3);
  REQUIRE_FALSE(ZSTD_isError(size));
  out.resize(size);
  return out;
}

using Compressor = std::string (*)(const std::string&);

struct Compression {
  std::string name;
  Compressor compress;
};

const std::vector<Compression> kCompressions{
    {"gzip", gzipped}, {"bzip2", bzipped}, {"zstd", zstd_compressed}};

/// Text that does not compress to nothing and is longer than all buffers.
std::string long_text() {
  std::string text;
  std::uint64_t state = 42;
  for (int i = 0; i < 60'000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    text += std::to_string(state >> 40) + (i % 7 == 0 ? "\n" : " ");
  }
  return text;
}

std::string read_file(const fs::path& file) {
  return read_all(*open_input(file), 1 << 30);
}

/// What an attempt to read the file all through throws.
Error failure(const fs::path& file) {
  try {
    read_file(file);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::Internal, "nothing was thrown"};
}

}  // namespace

TEST_CASE("A plain file is read as it is") {
  const Folder folder;
  CHECK(read_file(folder.write("a.ttl", "")) == "");
  CHECK(read_file(folder.write("b.ttl", "x")) == "x");
  CHECK(read_file(folder.write("c.ttl", "BZh9 is not yet bzip2")) == "BZh9 is not yet bzip2");
  const std::string text = long_text();
  CHECK(read_file(folder.write("d.ttl", text)) == text);
}

TEST_CASE("Compressed files are known by their first bytes, not their name") {
  const Folder folder;
  const std::string text = long_text();
  for (const auto& [name, compress] : kCompressions) {
    CAPTURE(name);
    CHECK(read_file(folder.write("plain.ttl", compress(text))) == text);
    CHECK(read_file(folder.write("empty", compress(""))) == "");
    CHECK(read_file(folder.write("small.gz", compress("small"))) == "small");
  }
}

TEST_CASE("Several compressed members in a row are one text") {
  const Folder folder;
  for (const auto& [name, compress] : kCompressions) {
    CAPTURE(name);
    const std::string bytes =
        compress("one ") + compress("") + compress("two ") + compress("three");
    CHECK(read_file(folder.write("members", bytes)) == "one two three");
  }
}

TEST_CASE("A compressed file cut short at any byte is an error that names it") {
  const Folder folder;
  const std::string text = long_text().substr(0, 3000);
  for (const auto& [name, compress] : kCompressions) {
    const std::string bytes = compress(text);
    for (std::size_t size = 11; size < bytes.size(); size += 7) {
      CAPTURE(name, size);
      const Error error = failure(folder.write("people.ttl.gz", bytes.substr(0, size)));
      CHECK(error.code == ErrorCode::Invalid);
      CHECK_THAT(error.what(),
                 Catch::Contains("people.ttl.gz: the " + name + " data is cut short"));
    }
  }
}

TEST_CASE("A damaged compressed file is an error and never gives other bytes silently") {
  const Folder folder;
  const std::string text = long_text().substr(0, 3000);
  for (const auto& [name, compress] : kCompressions) {
    if (name == "zstd") continue;  // a frame without checksum: see the next case
    const std::string bytes = compress(text);
    for (std::size_t at = 30; at < bytes.size(); at += 31) {
      std::string broken = bytes;
      broken[at] = static_cast<char>(broken[at] ^ 0x10);
      CAPTURE(name, at);
      const Error error = failure(folder.write("people.ttl.gz", broken));
      CHECK(error.code == ErrorCode::Invalid);
      CHECK_THAT(error.what(), Catch::Contains("people.ttl.gz: the " + name + " data is "));
    }
  }
}

TEST_CASE("Bytes behind the end of compressed data are an error, but gzip's padding is not") {
  const Folder folder;
  CHECK(read_file(folder.write("a", gzipped("text") + std::string(1000, '\0'))) == "text");
  CHECK(failure(folder.write("a", gzipped("text") + "more")).code == ErrorCode::Invalid);
  CHECK(failure(folder.write("a", bzipped("text") + "more")).code == ErrorCode::Invalid);
  CHECK(failure(folder.write("a", zstd_compressed("text") + "more of it")).code ==
        ErrorCode::Invalid);
}

TEST_CASE("A few hundred bytes that unpack to gigabytes are read piece by piece") {
  const Folder folder;
  const std::string bomb = gzipped(std::string(200'000'000, ' '));
  const auto input = open_input(folder.write("bomb.gz", bomb));
  CHECK_THROWS_AS(read_all(*input, 1'000'000), Error);
}

TEST_CASE("A missing file, a directory and a file that can't be read are told apart") {
  const Folder folder;
  const Error missing = failure(folder.path() / "none.ttl");
  CHECK(missing.code == ErrorCode::NotFound);
  CHECK(missing.what() == (folder.path() / "none.ttl").string() + ": there is no such file");
  CHECK(failure(folder.write("file", "x") / "below").code == ErrorCode::NotFound);
  CHECK(failure(folder.path()).code == ErrorCode::Invalid);
  CHECK_THAT(failure(folder.path()).what(), Catch::Contains("directory"));
  const Error unreadable = failure("/proc/self/mem");  // opens, and fails at the first byte
  CHECK(unreadable.code == ErrorCode::Io);
  CHECK_THAT(unreadable.what(), Catch::StartsWith("/proc/self/mem: cannot be read: "));
  if (geteuid() == 0) return;  // nothing is forbidden to root
  const fs::path secret = folder.write("secret.ttl", "x");
  fs::permissions(secret, fs::perms::none);
  CHECK(failure(secret).code == ErrorCode::Io);
  CHECK_THAT(failure(secret).what(), Catch::EndsWith("cannot be opened: permission denied"));
}

TEST_CASE("read_all takes a text of just the limit and refuses a longer one") {
  CHECK(read_all(*text_input("12345", "five"), 5) == "12345");
  CHECK(read_all(*text_input("", "none"), 0) == "");
  try {
    read_all(*text_input("123456", "six"), 5);
    FAIL("six bytes are more than five");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Limit);
    CHECK_THAT(error.what(), Catch::StartsWith("six: "));
  }
  const std::string text = long_text();
  CHECK(read_all(*text_input(text, "long"), ~std::size_t{0}) == text);
}
