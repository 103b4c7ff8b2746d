#include "shell/report_error.h"

#include <iostream>
#include <string>

#include <fmt/format.h>

#include "shell/exit_code.h"
#include "shell/quantities.h"
#include "shell/terminal.h"

namespace tripten::shell {

namespace {

/// Messages are one line, whatever a user's text put into them.
std::string one_line(std::string_view message) {
  std::string line(message);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return line;
}

std::string_view line_of(std::string_view text, int number) {
  for (int line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

/// The line and a caret under its column (in code points); long lines are cut around the place.
void show_place(std::string_view line, int column) {
  constexpr std::size_t kMost = 100;
  std::string shown;
  std::string caret;
  int at = 1;
  std::size_t start = 0;
  std::size_t place = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool starts_code_point = (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
    if (starts_code_point && at++ == column) place = i;
  }
  if (column >= at) place = line.size();
  if (place > kMost * 3 / 4) {
    start = place - kMost * 3 / 4;
    while (start < place && (static_cast<unsigned char>(line[start]) & 0xC0) == 0x80)
      ++start;
  }
  std::size_t end = std::min(line.size(), start + kMost);
  while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80)
    ++end;
  for (std::size_t i = start; i < end; ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    shown += byte < 0x20 || byte == 0x7f ? ' ' : line[i];
    if (i < place && (byte & 0xC0) != 0x80) caret += ' ';
  }
  std::cerr << "  " << shown << "\n  " << caret << "^\n";
}

}  // namespace

void report_error(std::string_view message) {
  std::cerr << "error: " << one_line(message) << std::endl;
}

void report_note(std::string_view message, std::string_view source) {
  std::cerr << "note: " << (source.empty() ? "" : one_line(source) + ", ") << one_line(message)
            << std::endl;
}

void report_changes(const Changes& changes, std::string_view source, std::string_view remark) {
  for (const std::string& note : changes.notes)
    report_note(note, source);
  std::cerr << fmt::format("inserted {}, deleted {}{}\n", with_separators(changes.inserted),
                           with_separators(changes.deleted), remark);
}

void report_error_in(const Error& error, std::string_view text, std::string_view source,
                     int first_line) {
  if (error.code == ErrorCode::Io && output_is_closed()) return;
  std::string message = error.what();
  if (error.position) {
    const std::string place =
        fmt::format("line {}, column {}", error.position->first, error.position->second);
    if (message.find(place) == std::string::npos) message = place + ": " + message;
  }
  if (!source.empty()) message = fmt::format("{}, {}", source, message);
  report_error(message);
  if (error.position)
    show_place(line_of(text, error.position->first - first_line + 1), error.position->second);
}

int exit_code_of(const Error& error, bool opening) {
  switch (error.code) {
    case ErrorCode::Limit:
      // What nests too deeply, say, is a fault of the text at a place in it.
      return error.position ? kFailed : kLimit;
    case ErrorCode::Cancelled:
      return kInterrupted;
    case ErrorCode::Corrupt:
    case ErrorCode::Busy:
      return kNoDatabase;
    default:
      return opening ? kNoDatabase : kFailed;
  }
}

}  // namespace tripten::shell
