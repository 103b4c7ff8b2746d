#include "storage/packed_sequence.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "storage/format.h"

namespace tripten {
namespace {

constexpr std::uint8_t kDelta = 0x80;

using FrameNumbers = std::array<std::uint64_t, kFrameNumbers>;

int bits_of(std::uint64_t number) {
  return 64 - std::countl_zero(number);
}

std::uint64_t mask_of(int width) {
  return width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

void append_bits(std::span<const std::uint64_t> numbers, int width, std::string& out) {
  if (width == 0) return;
  std::uint64_t pending = 0;
  int pending_bits = 0;
  for (const std::uint64_t number : numbers) {
    pending |= number << pending_bits;
    if (pending_bits + width >= 64) {
      append_u64(pending, out);
      const int written = 64 - pending_bits;
      pending = written == 64 ? 0 : number >> written;
      pending_bits += width - 64;
    } else {
      pending_bits += width;
    }
  }
  for (; pending_bits > 0; pending_bits -= 8, pending >>= 8)
    out += static_cast<char>(pending);
}

/// The number at one place of a bit stream; reads up to 9 bytes from its first one.
inline std::uint64_t bits_at(const char* data, std::size_t index, int width, std::uint64_t mask) {
  const std::size_t bit = index * static_cast<std::size_t>(width);
  const char* const from = data + bit / 8;
  const auto shift = static_cast<int>(bit % 8);
  std::uint64_t number = load_u64(from) >> shift;
  if (shift + width > 64)
    number |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(from[8])) << (64 - shift);
  return number & mask;
}

/// Eight numbers of a width take as many bytes as the width has bits, so that the place of each
/// inside them is a constant. kSums: each is the number before it plus `base` plus its bits.
template <int kWidth, bool kSums>
void unpack_eights(const char* data, std::size_t eights, std::uint64_t base, std::uint64_t before,
                   std::uint64_t* out) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << kWidth) - 1;
  const auto number = [&]<std::size_t kIndex>(std::integral_constant<std::size_t, kIndex>) {
    constexpr std::size_t kBit = kIndex * kWidth;
    return base + ((load_u64(data + kBit / 8) >> (kBit % 8)) & kMask);
  };
  for (; eights > 0; --eights, data += kWidth, out += 8) {
    [&]<std::size_t... kIndex>(std::index_sequence<kIndex...>) {
      if constexpr (kSums)
        ((out[kIndex] = before += number(std::integral_constant<std::size_t, kIndex>())), ...);
      else
        ((out[kIndex] = number(std::integral_constant<std::size_t, kIndex>())), ...);
    }
    (std::make_index_sequence<8>());
  }
}

using UnpackEights = void (*)(const char*, std::size_t, std::uint64_t, std::uint64_t,
                              std::uint64_t*);
constexpr int kWidths = 58;  // 0 to 57: each number is inside one load of 64 bits

template <bool kSums>
constexpr std::array<UnpackEights, kWidths> kUnpackEights = [
]<int... kWidth>(std::integer_sequence<int, kWidth...>) {
  return std::array<UnpackEights, kWidths>{unpack_eights<kWidth, kSums>...};
}
(std::make_integer_sequence<int, kWidths>());

/// The numbers of a bit stream, each with `base` added.
void unpack(const char* data, int width, std::size_t count, std::uint64_t base,
            std::uint64_t* out) {
  if (width == 0) {
    std::fill_n(out, count, base);
    return;
  }
  std::size_t done = 0;
  if (width < kWidths) {
    done = count / 8 * 8;
    kUnpackEights<false>[static_cast<std::size_t>(width)](data, count / 8, base, 0, out);
  }
  const std::uint64_t mask = mask_of(width);
  for (; done < count; ++done)
    out[done] = base + bits_at(data, done, width, mask);
}

/// The same, each added to the number before it; `before` is the number before the first.
void unpack_sums(const char* data, int width, std::size_t count, std::uint64_t step,
                 std::uint64_t before, std::uint64_t* out) {
  std::size_t done = 0;
  if (width < kWidths && count >= 8) {
    done = count / 8 * 8;
    kUnpackEights<true>[static_cast<std::size_t>(width)](data, count / 8, step, before, out);
    before = out[done - 1];
  }
  const std::uint64_t mask = mask_of(width);
  for (; done < count; ++done)
    out[done] = before += step + bits_at(data, done, width, mask);
}

void append_frame(std::span<const std::uint64_t> numbers, std::string& out) {
  const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  const int width = bits_of(*high - *low);
  FrameNumbers deltas;
  std::int64_t low_step = 0, high_step = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    deltas[i] = numbers[i] - numbers[i - 1];
    const auto step = static_cast<std::int64_t>(deltas[i]);
    low_step = i == 1 ? step : std::min(low_step, step);
    high_step = i == 1 ? step : std::max(high_step, step);
  }
  const auto step = static_cast<std::uint64_t>(low_step);
  const int delta_width = bits_of(static_cast<std::uint64_t>(high_step) - step);
  if (delta_width < width) {
    out += static_cast<char>(kDelta | delta_width);
    append_varint(numbers.front(), out);
    append_varint(to_zigzag(low_step), out);
    for (std::size_t i = 1; i < numbers.size(); ++i)
      deltas[i] -= step;
    append_bits(std::span(deltas).subspan(1, numbers.size() - 1), delta_width, out);
    return;
  }
  out += static_cast<char>(width);
  append_varint(*low, out);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    deltas[i] = numbers[i] - *low;
  append_bits(std::span(deltas).first(numbers.size()), width, out);
}

}  // namespace

void append_sequence(std::span<const std::uint64_t> numbers, std::string& out) {
  for (std::size_t i = 0; i < numbers.size(); i += kFrameNumbers)
    append_frame(numbers.subspan(i, std::min(kFrameNumbers, numbers.size() - i)), out);
}

PackedSequence PackedSequence::read(ByteReader& in, std::size_t count) {
  PackedSequence sequence;
  sequence.size_ = count;
  sequence.frames_.reserve(std::min(count / kFrameNumbers + 1, in.rest().size() / 2));
  for (std::size_t done = 0; done < count; done += kFrameNumbers) {
    std::size_t numbers = std::min(kFrameNumbers, count - done);
    const std::uint8_t head = in.u8();
    Frame frame{.width = static_cast<std::uint8_t>(head & ~kDelta),
                .is_delta = (head & kDelta) != 0};
    if (frame.width > 64) throw Error(ErrorCode::Corrupt, "a frame is wider than 64 bits");
    frame.base = in.varint();
    if (frame.is_delta) {
      frame.step = static_cast<std::uint64_t>(from_zigzag(in.varint()));
      --numbers;
    }
    frame.data = in.bytes((numbers * frame.width + 7) / 8).data();
    sequence.frames_.push_back(frame);
  }
  return sequence;
}

void PackedSequence::decode_frame(std::size_t index, std::size_t count, std::uint64_t* out,
                                  std::uint64_t offset) const {
  const Frame& frame = frames_[index];
  if (!frame.is_delta) {
    unpack(frame.data, frame.width, count, frame.base + offset, out);
    return;
  }
  out[0] = frame.base + offset;
  unpack_sums(frame.data, frame.width, count - 1, frame.step, out[0], out + 1);
}

void PackedSequence::decode(std::size_t from, std::size_t to, std::uint64_t* out,
                            std::uint64_t offset) const {
  while (from < to) {
    const std::size_t frame = from / kFrameNumbers, start = frame * kFrameNumbers;
    const std::size_t end = std::min(start + kFrameNumbers, to);
    if (from == start) {
      decode_frame(frame, end - start, out, offset);
    } else if (const Frame& packed = frames_[frame]; !packed.is_delta && end - from < 8) {
      const std::uint64_t mask = mask_of(packed.width);
      for (std::size_t i = from; i < end; ++i)
        out[i - from] = packed.base + offset + bits_at(packed.data, i - start, packed.width, mask);
    } else {
      FrameNumbers numbers;
      decode_frame(frame, end - start, numbers.data(), offset);
      std::copy(numbers.begin() + (from - start), numbers.begin() + (end - start), out);
    }
    out += end - from;
    from = end;
  }
}

std::uint64_t PackedSequence::at(std::size_t index) const {
  const Frame& frame = frames_[index / kFrameNumbers];
  const std::size_t inside = index % kFrameNumbers;
  if (inside == 0 && frame.is_delta) return frame.base;
  if (!frame.is_delta)
    return frame.base + bits_at(frame.data, inside, frame.width, mask_of(frame.width));
  FrameNumbers numbers;
  decode_frame(index / kFrameNumbers, inside + 1, numbers.data(), 0);
  return numbers[inside];
}

std::uint64_t PackedSequence::first_of(std::size_t index) const {
  const Frame& frame = frames_[index];
  if (frame.is_delta) return frame.base;
  return frame.base + bits_at(frame.data, 0, frame.width, mask_of(frame.width));
}

/// The last frame that overlaps [from, to) and starts at `from` or before it, or with a number that
/// is before.
template <typename IsBefore>
std::size_t PackedSequence::frame_of(std::size_t from, std::size_t to, IsBefore is_before) const {
  std::size_t low = from / kFrameNumbers, high = (to - 1) / kFrameNumbers;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (is_before(first_of(middle)))
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

std::size_t PackedSequence::bound(std::size_t from, std::size_t to, std::uint64_t number,
                                  bool or_equal) const {
  const auto is_before = [&](std::uint64_t other) {
    return or_equal ? other <= number : other < number;
  };
  if (from >= to) return from;
  const std::size_t frame = frame_of(from, to, is_before);
  const std::size_t start = std::max(from, frame * kFrameNumbers);
  const std::size_t end = std::min(to, (frame + 1) * kFrameNumbers);
  FrameNumbers numbers;
  decode(start, end, numbers.data());
  const auto last = numbers.begin() + (end - start);
  return start + static_cast<std::size_t>(std::partition_point(numbers.begin(), last, is_before) -
                                          numbers.begin());
}

std::pair<std::size_t, std::size_t> PackedSequence::equal_range(std::size_t from, std::size_t to,
                                                                std::uint64_t number) const {
  if (from >= to) return {from, from};
  const std::size_t frame = frame_of(from, to, [&](std::uint64_t other) { return other < number; });
  const std::size_t start = std::max(from, frame * kFrameNumbers);
  const std::size_t end = std::min(to, (frame + 1) * kFrameNumbers);
  FrameNumbers numbers;
  decode(start, end, numbers.data());
  const auto last = numbers.begin() + (end - start);
  const auto [first, after] = std::equal_range(numbers.begin(), last, number);
  const auto at = [&](auto place) {
    return start + static_cast<std::size_t>(place - numbers.begin());
  };
  if (after != last || end == to) return {at(first), at(after)};
  return {at(first), bound(end, to, number, true)};
}

}  // namespace tripten
