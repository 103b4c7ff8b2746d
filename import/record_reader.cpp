// A row ends at a line's end outside quotes. Without quotes that is a search for a byte; with them
// the row is walked through once to find its end, and once to cut it. Quotes count only where a
// field begins (RFC 4180), so a stray one inside a field is text.
//
// A field that was quoted is copied, without its quotes, into unquoted_, which never grows beyond
// the row's size and is reserved for it before: views into it stay valid.
#include "import/record_reader.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "tripten/error.h"

#include "base/utf8.h"
#include "import/values.h"

namespace tripten {

namespace {

constexpr std::size_t kReadSize = std::size_t{1} << 18;
constexpr std::size_t kMostRecord = std::size_t{16} << 20;
constexpr std::size_t kMostFields = 100'000;

}  // namespace

Dialect Dialect::tsv() {
  Dialect dialect;
  dialect.delimiter = '\t';
  dialect.quote = std::nullopt;
  return dialect;
}

RecordReader::RecordReader(Input& input, Dialect dialect)
    : input_(input),
      dialect_(std::move(dialect)) {
  while (buffer_.size() < 3 && fill()) {
  }
  if (buffer_.starts_with("\xEF\xBB\xBF")) start_ = 3;
}

void RecordReader::refuse(std::string_view why) const {
  throw Error(ErrorCode::Invalid, fmt::format("{}, line {}: {}", name(), record_line_, why),
              {static_cast<int>(record_line_), 1});
}

bool RecordReader::fill() {
  if (at_end_) return false;
  if (start_ > 0) {
    buffer_.erase(0, start_);
    start_ = 0;
  }
  std::size_t size = buffer_.size();
  buffer_.resize(size + kReadSize);
  std::size_t read = input_.read(buffer_.data() + size, kReadSize);
  buffer_.resize(size + read);
  at_end_ = read == 0;
  return !at_end_;
}

/// The offset behind the line end of the row at start_, or the end of everything; fills the buffer
/// as far as it takes.
std::size_t RecordReader::find_record_end() {
  std::size_t at = start_;  // searched up to here
  bool field_starts = true, in_quotes = false;
  while (true) {
    if (!dialect_.quote) {
      const void* end = std::memchr(buffer_.data() + at, '\n', buffer_.size() - at);
      if (end) return static_cast<std::size_t>(static_cast<const char*>(end) - buffer_.data()) + 1;
      at = buffer_.size();
    }
    for (; at < buffer_.size(); ++at) {
      char c = buffer_[at];
      if (in_quotes) {
        if (c == '\\' && !dialect_.double_quote) {
          ++at;  // The end of the buffer may be passed: what is there is skipped as well.
        } else if (c == *dialect_.quote) {
          in_quotes = false;  // A doubled quote opens again at once.
          field_starts = true;
        }
      } else if (c == '\n') {
        return at + 1;
      } else if (field_starts && c == *dialect_.quote) {
        in_quotes = true;
      } else {
        field_starts = c == dialect_.delimiter || (field_starts && c == ' ' && dialect_.trim_start);
      }
    }
    std::size_t searched = at - start_;
    if (searched > kMostRecord) refuse("a row of more than 16 MB");
    if (!fill()) {
      if (in_quotes) refuse("a quote is opened here and never closed");
      return buffer_.size();
    }
    at = start_ + searched;
  }
}

bool RecordReader::take_record(std::string_view& record) {
  record_line_ = line_;
  std::size_t end = find_record_end();
  if (start_ >= end) return false;
  record = std::string_view(buffer_).substr(start_, end - start_);
  line_ += static_cast<std::uint64_t>(std::count(record.begin(), record.end(), '\n'));
  start_ = end;
  if (record.ends_with('\n')) record.remove_suffix(1);
  if (record.ends_with('\r')) record.remove_suffix(1);
  return true;
}

bool RecordReader::next(std::vector<std::string_view>& fields) {
  std::string_view record;
  while (take_record(record)) {
    if (!dialect_.comment_prefix.empty() && record.starts_with(dialect_.comment_prefix)) continue;
    if (dialect_.is_latin1) {
      decoded_.clear();
      for (char c : record)
        append_utf8(static_cast<unsigned char>(c), decoded_);
      record = decoded_;
    } else if (!is_valid_utf8(record)) {
      refuse("bytes that are not UTF-8");
    }
    split(record, fields);
    bool is_blank = std::all_of(fields.begin(), fields.end(),
                                [](std::string_view field) { return field.empty(); });
    if (is_blank && dialect_.skip_blank_rows) continue;
    return true;
  }
  return false;
}

/// Cuts the quoted field that starts at record[at], the quote; appends its text and returns where
/// the field ends.
std::size_t RecordReader::take_quoted(std::string_view record, std::size_t at, std::string& value) {
  char quote = *dialect_.quote;
  for (++at; at < record.size(); ++at) {
    if (record[at] == '\\' && !dialect_.double_quote && at + 1 < record.size()) {
      value += record[++at];
    } else if (record[at] != quote) {
      value += record[at];
    } else if (dialect_.double_quote && at + 1 < record.size() && record[at + 1] == quote) {
      value += record[++at];
    } else {
      ++at;
      break;
    }
  }
  // What stands between the closing quote and the delimiter is kept rather than lost.
  std::size_t end = std::min(record.find(dialect_.delimiter, at), record.size());
  value.append(trimmed(record.substr(at, end - at)));
  return end;
}

void RecordReader::split(std::string_view record, std::vector<std::string_view>& fields) {
  fields.clear();
  unquoted_.clear();
  unquoted_.reserve(record.size());
  for (std::size_t at = 0;;) {
    std::string_view field;
    std::size_t end;
    if (dialect_.trim_start) at = std::min(record.find_first_not_of(' ', at), record.size());
    if (dialect_.quote && at < record.size() && record[at] == *dialect_.quote) {
      std::size_t from = unquoted_.size();
      end = take_quoted(record, at, unquoted_);
      field = std::string_view(unquoted_).substr(from);
    } else {
      end = std::min(record.find(dialect_.delimiter, at), record.size());
      field = record.substr(at, end - at);
      if (dialect_.trim_end) field = field.substr(0, field.find_last_not_of(' ') + 1);
    }
    if (fields.size() == kMostFields) refuse("a row of more than 100,000 fields");
    fields.push_back(field);
    if (end == record.size()) return;
    at = end + 1;
  }
}

}  // namespace tripten
