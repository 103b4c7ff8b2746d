#include "storage/packed_sequence.h"

#include <algorithm>
#include <array>

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

/// Adds `base` to each of the numbers of a bit stream. Narrow ones need a single load each.
void unpack(const char* data, int width, std::size_t count, std::uint64_t base,
            std::uint64_t* out) {
  if (width == 0) {
    std::fill_n(out, count, base);
    return;
  }
  const std::uint64_t mask = mask_of(width);
  if (width <= 57) {
    std::size_t bit = 0;
    for (std::size_t i = 0; i < count; ++i, bit += static_cast<std::size_t>(width))
      out[i] = base + ((load_u64(data + bit / 8) >> (bit % 8)) & mask);
    return;
  }
  for (std::size_t i = 0; i < count; ++i)
    out[i] = base + bits_at(data, i, width, mask);
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

void PackedSequence::decode_frame(std::size_t index, std::size_t count, std::uint64_t* out) const {
  const Frame& frame = frames_[index];
  if (!frame.is_delta) {
    unpack(frame.data, frame.width, count, frame.base, out);
    return;
  }
  out[0] = frame.base;
  unpack(frame.data, frame.width, count - 1, frame.step, out + 1);
  for (std::size_t i = 1; i < count; ++i)
    out[i] += out[i - 1];
}

void PackedSequence::decode(std::size_t from, std::size_t to, std::uint64_t* out) const {
  while (from < to) {
    const std::size_t frame = from / kFrameNumbers, start = frame * kFrameNumbers;
    const std::size_t end = std::min(start + kFrameNumbers, to);
    if (from == start) {
      decode_frame(frame, end - start, out);
    } else {
      FrameNumbers numbers;
      decode_frame(frame, end - start, numbers.data());
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
    return frame.width == 0
               ? frame.base
               : frame.base + bits_at(frame.data, inside, frame.width, mask_of(frame.width));
  FrameNumbers numbers;
  decode_frame(index / kFrameNumbers, inside + 1, numbers.data());
  return numbers[inside];
}

std::size_t PackedSequence::bound(std::size_t from, std::size_t to, std::uint64_t number,
                                  bool or_equal) const {
  const auto is_before = [&](std::uint64_t other) {
    return or_equal ? other <= number : other < number;
  };
  if (from >= to || !is_before(at(from))) return from;
  // The last frame whose first number inside the range is before.
  std::size_t low = from / kFrameNumbers, high = (to - 1) / kFrameNumbers;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (is_before(at(middle * kFrameNumbers)))
      low = middle;
    else
      high = middle - 1;
  }
  const std::size_t start = std::max(from, low * kFrameNumbers);
  const std::size_t end = std::min(to, (low + 1) * kFrameNumbers);
  FrameNumbers numbers;
  decode(start, end, numbers.data());
  const auto last = numbers.begin() + (end - start);
  return start + static_cast<std::size_t>(std::partition_point(numbers.begin(), last, is_before) -
                                          numbers.begin());
}

}  // namespace tripten
