// RecordReader: the rows of a CSV or TSV file, one at a time, whatever its size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/input.h"

namespace tripten {

/// How a table is written (CSVW §5.9). The defaults are RFC 4180's, and a comment prefix only where
/// one is given.
struct Dialect {
  char delimiter = ',';
  std::optional<char> quote = '"';
  bool double_quote = true;  ///< A quote inside quotes is doubled; otherwise `\` stands before it.
  std::string comment_prefix{};
  std::size_t skip_rows = 0;    ///< Lines before the header.
  std::size_t header_rows = 1;  ///< The last of them is the header.
  bool skip_blank_rows = false;
  bool trim_start = false, trim_end = false;
  bool is_latin1 = false;  ///< ISO-8859-1; otherwise UTF-8.

  /// Tabs, no quoting: what IANA's text/tab-separated-values says.
  static Dialect tsv();
};

/// One thread. Holds one row at a time; a byte order mark is passed over.
class RecordReader {
 public:
  /// `input` outlives the reader.
  RecordReader(Input& input, Dialect dialect);

  /// The next row's fields, valid until the next call; false at the end. Throws Invalid, naming
  /// file and line, for broken UTF-8, a quote that nothing closes, and a row above 16 MB or 100,000
  /// fields.
  bool next(std::vector<std::string_view>& fields);

  /// The line on which the row of the last next() begins, from 1.
  std::uint64_t line() const { return record_line_; }
  const std::string& name() const { return input_.name(); }

 private:
  bool take_record(std::string_view& record);
  std::size_t find_record_end();
  bool fill();
  void split(std::string_view record, std::vector<std::string_view>& fields);
  std::size_t take_quoted(std::string_view record, std::size_t at, std::string& value);
  [[noreturn]] void refuse(std::string_view why) const;

  Input& input_;
  Dialect dialect_;
  std::string buffer_{};
  std::size_t start_ = 0;  // of the bytes of buffer_ that no row has taken
  bool at_end_ = false;
  std::uint64_t line_ = 1;         // of start_
  std::uint64_t record_line_ = 0;  // of the row given out
  std::string decoded_{};          // a Latin-1 row as UTF-8
  std::string unquoted_{};         // the quoted fields of a row, one after the other
};

}  // namespace tripten
