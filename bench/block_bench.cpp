// block_bench DB: what block sizes and compressors give for the quads and terms of a database
// (docs/decisions/0001-blocks.md). Samples an eighth of each order, in long runs of rows.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <lz4.h>
#include <lz4hc.h>
#include <zstd.h>

#include "bench/measurement.h"
#include "storage/bytes.h"
#include "storage/compression.h"
#include "storage/quad_block.h"
#include "storage/store.h"
#include "storage/term_block.h"

namespace tripten {
namespace {

constexpr std::size_t kRun = std::size_t{1} << 17, kSampled = 8;

struct Codec {
  const char* name;
  int kind;  // 0 none, 1 LZ4, 2 LZ4 HC, 3 zstd
  int level;
};
constexpr Codec kCodecs[]{{"none", 0, 0},     {"LZ4", 1, 0},      {"LZ4 HC 9", 2, 9},
                          {"zstd -3", 3, -3}, {"zstd 1", 3, 1},   {"zstd 3", 3, 3},
                          {"zstd 6", 3, 6},   {"zstd 12", 3, 12}, {"zstd 19", 3, 19}};

std::string compressed(const Codec& codec, const std::string& body, ZSTD_CCtx* context) {
  const auto size = static_cast<int>(body.size());
  std::string out(std::max<std::size_t>(ZSTD_compressBound(body.size()),
                                        static_cast<std::size_t>(LZ4_compressBound(size))),
                  '\0');
  std::size_t taken = body.size();
  const auto room = static_cast<int>(out.size());
  if (codec.kind == 1)
    taken = static_cast<std::size_t>(LZ4_compress_default(body.data(), out.data(), size, room));
  else if (codec.kind == 2)
    taken =
        static_cast<std::size_t>(LZ4_compress_HC(body.data(), out.data(), size, room, codec.level));
  else if (codec.kind == 3)
    taken =
        ZSTD_compressCCtx(context, out.data(), out.size(), body.data(), body.size(), codec.level);
  if (codec.kind == 0 || taken >= body.size() - body.size() / 8) return body;
  out.resize(taken);
  return out;
}

void decompress(const Codec& codec, const std::string& from, std::string& to, ZSTD_DCtx* context) {
  if (codec.kind == 0 || from.size() == to.size())
    to = from;
  else if (codec.kind == 3)
    ZSTD_decompressDCtx(context, to.data(), to.size(), from.data(), from.size());
  else
    LZ4_decompress_safe(from.data(), to.data(), static_cast<int>(from.size()),
                        static_cast<int>(to.size()));
}

/// The bodies of blocks through every compressor: bytes a row, and rows a second both ways.
void measure_codecs(const std::string& what, const std::vector<std::string>& bodies,
                    std::size_t rows, std::size_t overhead) {
  ZSTD_CCtx* const writing = ZSTD_createCCtx();
  ZSTD_DCtx* const reading = ZSTD_createDCtx();
  for (const Codec& codec : kCodecs) {
    std::vector<std::string> packed;
    std::size_t bytes = 0;
    const Stopwatch compressing;
    for (const std::string& body : bodies) {
      packed.push_back(compressed(codec, body, writing));
      bytes += packed.back().size() + overhead;
    }
    const double write_seconds = compressing.seconds();
    std::string back;
    const Stopwatch decompressing;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      back.resize(bodies[i].size());
      decompress(codec, packed[i], back, reading);
    }
    const double read_seconds = decompressing.seconds();
    const auto million = static_cast<double>(rows) / 1e6;
    fmt::print("{:<24} {:<9} {:7.3f} bytes {:9.1f} M/s written {:9.1f} M/s read\n", what,
               codec.name, static_cast<double>(bytes) / static_cast<double>(rows),
               million / write_seconds, million / read_seconds);
    std::fflush(stdout);
  }
  ZSTD_freeCCtx(writing);
  ZSTD_freeDCtx(reading);
}

/// The body of an encoded quad block.
std::string body_of(const std::string& block) {
  ByteReader in(std::string_view(block).substr(0, block.size() - 8));
  const auto compression = static_cast<Compression>(in.u8());
  in.u32();
  const std::size_t size = in.u32();
  std::string body;
  append_decompressed(compression, in.rest(), size, body);
  return body;
}

void measure_quads(const StoreView& view, std::size_t block_rows) {
  std::vector<std::string> bodies;
  std::size_t rows = 0;
  for (int order = 0; order + 1 < kQuadOrders; ++order) {
    QuadScan scan = view.scan(static_cast<QuadOrder>(order), {});
    QuadColumns columns;
    std::vector<Quad> block;
    std::size_t seen = 0;
    while (scan.next(columns, 4096)) {
      const bool is_sampled = seen / kRun % kSampled == 0;
      seen += columns.rows;
      for (std::size_t i = 0; is_sampled && i < columns.rows; ++i) {
        block.push_back({{columns.columns[0][i], columns.columns[1][i], columns.columns[2][i],
                          columns.columns[3][i]}});
        if (block.size() < block_rows) continue;
        bodies.push_back(body_of(encode_quad_block(block)));
        rows += block.size();
        block.clear();
      }
    }
  }
  measure_codecs(fmt::format("quads, {} a block", block_rows), bodies, rows, 40);
}

void measure_terms(const StoreView& view, const std::vector<TermId>& ids, std::size_t bytes) {
  constexpr std::size_t kAtOnce = 8192;
  std::vector<std::string> bodies;
  TermBlockWriter block;
  EncodedTerms terms;
  const auto finish = [&] {
    const std::string packed = block.finish();
    ByteReader in(std::string_view(packed).substr(0, packed.size() - 8));
    const auto compression = static_cast<Compression>(in.u8());
    in.varint();
    in.varint();
    const std::uint64_t size = in.varint();
    append_decompressed(compression, in.rest(), size, bodies.emplace_back());
  };
  std::size_t count = 0;
  for (std::size_t at = 0; at < ids.size(); at += kAtOnce) {
    if (at / kAtOnce % kSampled != 0) continue;
    view.encoded_terms(std::span(ids).subspan(at, std::min(kAtOnce, ids.size() - at)), terms);
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (block.terms() != 0 && block.bytes() + terms[i].size() > bytes) finish();
      block.add(terms[i]);
    }
    finish();
    count += terms.size();
  }
  measure_codecs(fmt::format("terms, {} KB a block", bytes / 1024), bodies, count, 30);
}

void run(const char* directory) {
  Stopwatch::count_processor_time();
  const StorePtr store = Store::open(directory, {.read_only = true});
  const SnapshotPtr view = store->snapshot();
  for (const std::size_t rows : {1024, 4096, 8192, 16384, 65536})
    measure_quads(*view, rows);
  std::vector<TermId> ids;
  QuadScan scan = view->scan(QuadOrder::Spog, {});
  QuadColumns columns;
  while (scan.next(columns))
    for (const auto& column : columns.columns)
      for (const TermId id : column)
        if (id.in_dictionary() && (ids.empty() || ids.back() != id)) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  fmt::print("{} terms\n", ids.size());
  for (const std::size_t kilobytes : {4, 8, 16, 32, 64})
    measure_terms(*view, ids, kilobytes * 1024);
}

}  // namespace
}  // namespace tripten

int main(int count, char** arguments) {
  if (count != 2) return 2;
  try {
    tripten::run(arguments[1]);
  } catch (const tripten::Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
