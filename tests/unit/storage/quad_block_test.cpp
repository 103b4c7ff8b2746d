// Blocks of quads: what is encoded comes back, whole, in parts and by search; damage is found.
#include "storage/quad_block.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "tripten/error.h"

#include "storage/block_index.h"
#include "storage/checksum.h"
#include "storage/packed_sequence.h"

namespace tripten {
namespace {

std::vector<std::uint64_t> random_numbers(std::mt19937_64& random, std::size_t count) {
  std::vector<std::uint64_t> numbers(count);
  const unsigned width = random() % 65, shape = random() % 3;
  const std::uint64_t mask = width == 64 ? ~0ull : (1ull << width) - 1;
  std::uint64_t last = random();
  for (auto& number : numbers) {
    if (shape == 0) number = random() & mask;                 // any
    if (shape == 1) number = last += random() & (mask >> 8);  // ascending, may wrap
    if (shape == 2) number = last -= random() % 7;            // descending
  }
  return numbers;
}

TEST_CASE("A packed sequence gives back all numbers and any part of them") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 400; ++round) {
    const std::size_t count = random() % 700 + 1;
    const auto numbers = random_numbers(random, count);
    std::string bytes;
    append_sequence(numbers, bytes);
    const std::size_t size = bytes.size();
    bytes.append(PackedSequence::kSlack, '\x5a');
    ByteReader in(std::string_view(bytes).substr(0, size));
    const PackedSequence sequence = PackedSequence::read(in, count);
    REQUIRE(in.at_end());
    std::size_t from = random() % count, to = random() % (count + 1);
    if (from > to) std::swap(from, to);
    std::vector<std::uint64_t> part(to - from);
    sequence.decode(from, to, part.data());
    REQUIRE(std::equal(part.begin(), part.end(), numbers.begin() + static_cast<long>(from)));
    const std::uint64_t offset = random();
    sequence.decode(from, to, part.data(), offset);
    for (std::size_t i = from; i < to; ++i)
      REQUIRE(part[i - from] == numbers[i] + offset);
    const std::size_t place = random() % count;
    REQUIRE(sequence.at(place) == numbers[place]);
  }
}

TEST_CASE("A packed sequence of ascending numbers is searched") {
  std::mt19937_64 random(12);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint64_t> numbers(random() % 500 + 1);
    for (auto& number : numbers)
      number = random() % 300;
    std::sort(numbers.begin(), numbers.end());
    std::string bytes;
    append_sequence(numbers, bytes);
    const std::size_t size = bytes.size();
    bytes.append(PackedSequence::kSlack, '\0');
    ByteReader in(std::string_view(bytes).substr(0, size));
    const PackedSequence sequence = PackedSequence::read(in, numbers.size());
    for (int i = 0; i < 20; ++i) {
      std::size_t from = random() % numbers.size(), to = random() % (numbers.size() + 1);
      if (from > to) std::swap(from, to);
      const std::uint64_t number = random() % 302;
      const auto begin = numbers.begin() + static_cast<long>(from);
      const auto end = numbers.begin() + static_cast<long>(to);
      REQUIRE(sequence.bound(from, to, number, false) ==
              static_cast<std::size_t>(std::lower_bound(begin, end, number) - numbers.begin()));
      REQUIRE(sequence.bound(from, to, number, true) ==
              static_cast<std::size_t>(std::upper_bound(begin, end, number) - numbers.begin()));
      REQUIRE(sequence.equal_range(from, to, number) ==
              std::pair(sequence.bound(from, to, number, false),
                        sequence.bound(from, to, number, true)));
    }
  }
}

/// Sorted distinct rows of a random shape: few or many values, one or many kinds, huge payloads.
std::vector<Quad> random_rows(std::mt19937_64& random, std::size_t most) {
  std::array<std::uint64_t, 4> values{}, kinds{}, widths{};
  for (std::size_t c = 0; c < 4; ++c) {
    values[c] = std::uint64_t{1} << (random() % 14);
    kinds[c] = random() % 12 + 1;
    widths[c] = random() % 4 == 0 ? TermId::kPayloadMask : (1u << 20) - 1;
  }
  std::vector<Quad> rows(random() % most + 1);
  for (Quad& row : rows)
    for (std::size_t c = 0; c < 4; ++c) {
      const std::uint64_t value = random() % values[c];
      row.terms[c] = TermId(static_cast<IdKind>(1 + value % kinds[c]),
                            (value * 0x9e3779b97f4a7c15ull) & widths[c]);
    }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::vector<Quad> decoded(const QuadBlock& block, std::size_t from, std::size_t to) {
  std::vector<Quad> rows(to - from);
  std::vector<TermId> ids(to - from);
  for (std::size_t c = 0; c < 4; ++c) {
    block.column(c).decode(from, to, ids.data());
    for (std::size_t i = 0; i < ids.size(); ++i)
      rows[i].terms[c] = ids[i];
  }
  return rows;
}

TEST_CASE("A block gives back its rows, whole, in parts and by search") {
  std::mt19937_64 random(13);
  for (int round = 0; round < 300; ++round) {
    const auto rows = random_rows(random, round % 2 ? 4 : 4096);
    const QuadBlock block(encode_quad_block(rows));
    REQUIRE(block.rows() == rows.size());
    REQUIRE(decoded(block, 0, rows.size()) == rows);
    for (int i = 0; i < 20; ++i) {
      std::size_t from = random() % rows.size(), to = random() % (rows.size() + 1);
      if (from > to) std::swap(from, to);
      REQUIRE(decoded(block, from, to) == std::vector<Quad>(rows.begin() + static_cast<long>(from),
                                                            rows.begin() + static_cast<long>(to)));
      const std::size_t place = random() % rows.size();
      REQUIRE(block.row(place) == rows[place]);
      Quad wanted = rows[place];
      if (random() % 2) {
        TermId& term = wanted.terms[random() % 4];
        term = TermId(term.bits() + random() % 5 - 2);
      }
      REQUIRE(block.lower_bound(wanted) ==
              static_cast<std::size_t>(std::lower_bound(rows.begin(), rows.end(), wanted) -
                                       rows.begin()));
      const std::size_t columns = random() % 5;
      const auto has_prefix = [&](const Quad& row) {
        return std::equal(row.terms.begin(), row.terms.begin() + static_cast<long>(columns),
                          wanted.terms.begin());
      };
      const auto [first, after] = block.prefix_range(wanted, columns);
      REQUIRE(first <= after);
      REQUIRE(after - first ==
              static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), has_prefix)));
      if (first < after) REQUIRE((has_prefix(rows[first]) && has_prefix(rows[after - 1])));
    }
  }
}

TEST_CASE("A block of one predicate and graph spends nothing on them") {
  std::vector<Quad> rows;
  for (std::uint64_t i = 0; i < 4096; ++i)
    rows.push_back({{TermId(IdKind::Iri, 7), TermId(IdKind::Iri, i / 4), TermId(IdKind::Iri, i),
                     kDefaultGraph}});
  const std::string bytes = encode_quad_block(rows);
  CHECK(QuadBlock(bytes).column(0).constant() == TermId(IdKind::Iri, 7));
  CHECK(QuadBlock(bytes).column(3).constant() == kDefaultGraph);
  CHECK(bytes.size() < 1024);
}

TEST_CASE("A block with any byte changed, or cut short, is refused") {
  std::mt19937_64 random(14);
  const std::string bytes = encode_quad_block(random_rows(random, 300));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ (1 << random() % 8));
    REQUIRE_THROWS_AS(QuadBlock(damaged), Error);
    REQUIRE_THROWS_AS(QuadBlock(std::string_view(bytes).substr(0, i)), Error);
  }
}

TEST_CASE("A hostile block with a right checksum is refused or read inside its bytes") {
  std::mt19937_64 random(15);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = encode_quad_block(random_rows(random, 200));
    bytes.resize(bytes.size() - 8);
    for (auto changes = random() % 4 + 1; changes > 0; --changes)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    append_checksum(bytes);
    try {
      const QuadBlock block(bytes);
      const auto rows = decoded(block, 0, block.rows());
      REQUIRE(rows.size() == block.rows());
      REQUIRE(block.lower_bound(rows[random() % rows.size()]) <= block.rows());
    } catch (const Error& error) {
      REQUIRE(error.code == ErrorCode::Corrupt);
      ++refused;
    }
  }
  CHECK(refused > 1000);
}

TEST_CASE("Metadata tells first and last row, ranges and distinct values") {
  const auto id = [](std::uint64_t n) { return TermId(IdKind::Iri, n); };
  const std::vector<Quad> rows{{{id(1), id(5), id(9), id(3)}},
                               {{id(1), id(5), id(9), id(4)}},
                               {{id(1), id(6), id(2), id(3)}},
                               {{id(2), id(6), id(2), id(3)}}};
  const BlockMeta meta = describe_block(rows);
  CHECK(meta.first == rows.front());
  CHECK(meta.last == rows.back());
  CHECK(meta.low == std::array{id(1), id(5), id(2), id(3)});
  CHECK(meta.high == std::array{id(2), id(6), id(9), id(4)});
  CHECK(meta.distinct == std::array<std::uint32_t, 3>{2, 3, 3});
  std::string chunk;
  append_block_meta(meta, chunk);
  append_checksum(chunk);
  BlockIndex index;
  index.add_chunk(chunk);
  CHECK(index.blocks() == std::vector<BlockMeta>{meta});
  CHECK_THROWS_AS(index.add_chunk(chunk), Error);  // its rows are not above those before
}

}  // namespace
}  // namespace tripten
