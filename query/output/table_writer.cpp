// A table for a person's eyes, plain or in a box:
//
//   gene           symbol  figures        ┌───────────────┬────────┬─────────┐
//   -------------  ------  -------        │ gene          │ symbol │ figures │
//   ncbigene:5728  PTEN         41        ├───────────────┼────────┼─────────┤
//   1 row                                 │ ncbigene:5728 │ PTEN   │      41 │
//                                         └───────────────┴────────┴─────────┘
//                                         1 row
//
// The first rows are held back until there are kSampleRows of them (or kSampleBytes), or no more
// are to be shown; they decide the columns' widths. Later rows keep these widths: a longer cell
// pushes the rest of its row to the right, or is cut where the terminal's width is known.
#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "query/output/buffered_writer.h"
#include "query/output/table_cells.h"

namespace tripten {
namespace {

constexpr std::size_t kSampleRows = 10'000;
constexpr std::size_t kSampleBytes = std::size_t{8} << 20;
constexpr std::size_t kLeastWidth = 4;  // a column is not made narrower to fit

/// What stands around the cells. A rule is a line across the table: its begin, what stands under a
/// column's gap, its end, and what it is drawn with; one without anything to draw with is left out.
struct Frame {
  struct Rule {
    std::string_view begin, crossing, end, dash;
  };
  std::string_view begin, gap, end;  // of a row
  std::size_t gap_width, ends_width;
  Rule top, middle, bottom;
};

constexpr Frame kPlain{.begin = "",
                       .gap = "  ",
                       .end = "",
                       .gap_width = 2,
                       .ends_width = 0,
                       .top = {},
                       .middle = {"", "  ", "", "-"},
                       .bottom = {}};
constexpr Frame kBox{.begin = "│ ",
                     .gap = " │ ",
                     .end = " │",
                     .gap_width = 3,
                     .ends_width = 4,
                     .top = {"┌─", "─┬─", "─┐", "─"},
                     .middle = {"├─", "─┼─", "─┤", "─"},
                     .bottom = {"└─", "─┴─", "─┘", "─"}};

struct TableColumn {
  std::string name;
  std::size_t width = 0;
  bool numbers_only = true, has_values = false;
  bool right_aligned() const { return numbers_only && has_values; }
};

/// Makes the widest columns narrower until all, with `gaps` between them, fit into `width`.
void shrink(std::vector<TableColumn>& columns, std::size_t gaps, std::size_t width) {
  std::size_t total = gaps;
  for (const TableColumn& column : columns)
    total += column.width;
  // The cap that the columns have room under: columns below it keep their width.
  std::vector<std::size_t> widths;
  for (const TableColumn& column : columns)
    widths.push_back(column.width);
  std::sort(widths.begin(), widths.end());
  if (total <= width) return;
  std::size_t left = width > gaps ? width - gaps : 0;
  std::size_t cap = kLeastWidth;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const std::size_t share = left / (widths.size() - i);
    cap = std::max(share, kLeastWidth);
    if (widths[i] > share) break;
    left -= widths[i];
  }
  for (TableColumn& column : columns)
    column.width = std::min(column.width, cap);
}

class TableWriter : public SolutionWriter {
 public:
  TableWriter(std::ostream& out, const Frame& frame, const WriteOptions& options)
      : buffer_(out),
        frame_(frame),
        cells_(options),
        terminal_width_(options.width),
        most_shown_(options.rows > 0 ? options.rows : ~std::uint64_t{0}),
        has_footer_(options.footer) {}

  void begin(const std::vector<std::string>& variables) override {
    for (const std::string& name : variables) {
      TableColumn column;
      append_visible(name, column.name);
      column.width = display_width(column.name);
      columns_.push_back(std::move(column));
    }
  }

  void write(const Batch& batch, const QueryTerms& terms) override {
    const std::uint64_t left = most_shown_ - std::min(rows_, most_shown_);
    const std::size_t shown = std::min<std::uint64_t>(batch.rows, left);
    if (shown > 0) cells_.fetch_labels(batch, shown, terms);
    for (std::size_t row = 0; row < shown; ++row) {
      ++rows_;
      if (!sampling_) {
        append_streamed(batch, row, terms);
        buffer_.flush_if_full();
        continue;
      }
      add_sample(batch, row, terms);
      if (rows_ == kSampleRows || sample_.size() > kSampleBytes) end_sample();
    }
    rows_ += batch.rows - shown;
    if (sampling_ && rows_ > most_shown_) {
      end_sample();
      buffer_.flush();  // counting the others may take long
    }
  }

  void finish() override {
    if (sampling_) end_sample();
    append_rule(frame_.bottom);
    if (has_footer_) buffer_.bytes() += footer();
    buffer_.flush();
  }

  void write_boolean(bool answer) override {
    buffer_.bytes() += answer ? "true\n" : "false\n";
    buffer_.flush();
  }

 private:
  std::string footer() const {
    const std::string rows = fmt::format("{} row{}", rows_, rows_ == 1 ? "" : "s");
    return rows_ > most_shown_ ? fmt::format("{} ({} shown)\n", rows, most_shown_) : rows + '\n';
  }

  std::string_view cell(TermId id, const QueryTerms& terms, bool& is_number) {
    const TermView term = terms.get(id, term_bytes_);
    is_number = is_number_cell(term);
    cell_.clear();
    cells_.append(term, cell_);
    return cell_;
  }

  void add_sample(const Batch& batch, std::size_t row, const QueryTerms& terms) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      bool is_number = false;
      const std::string_view text = cell(batch.columns[i][row], terms, is_number);
      sample_ += text;
      ends_.push_back(sample_.size());
      TableColumn& column = columns_[i];
      column.width = std::max(column.width, display_width(text));
      if (!batch.columns[i][row]) continue;
      column.has_values = true;
      column.numbers_only = column.numbers_only && is_number;
    }
  }

  void end_sample() {
    sampling_ = false;
    if (terminal_width_ > 0 && !columns_.empty())
      shrink(columns_, frame_.gap_width * (columns_.size() - 1) + frame_.ends_width,
             terminal_width_);
    append_header();
    std::size_t begin = 0;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      const std::string_view text = std::string_view(sample_).substr(begin, ends_[i] - begin);
      begin = ends_[i];
      append_cell(i % columns_.size(), text);
      buffer_.flush_if_full();
    }
    sample_ = {};
    ends_ = {};
  }

  void append_header() {
    append_rule(frame_.top);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      append_cell(i, columns_[i].name);
    append_rule(frame_.middle);
  }

  void append_rule(const Frame::Rule& rule) {
    if (rule.dash.empty() || columns_.empty()) return;
    std::string& out = buffer_.bytes();
    out += rule.begin;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) out += rule.crossing;
      for (std::size_t column = 0; column < columns_[i].width; ++column)
        out += rule.dash;
    }
    out += rule.end;
    out += '\n';
  }

  void append_streamed(const Batch& batch, std::size_t row, const QueryTerms& terms) {
    bool is_number = false;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      append_cell(i, cell(batch.columns[i][row], terms, is_number));
  }

  /// The cell of one column; the first one begins the line, the last one ends it.
  void append_cell(std::size_t at, std::string_view text) {
    std::string& out = buffer_.bytes();
    const TableColumn& column = columns_[at];
    if (terminal_width_ > 0) text = fit(text, column.width, fitted_);
    const std::size_t used = display_width(text);
    const std::size_t padding = used < column.width ? column.width - used : 0;
    out += at == 0 ? frame_.begin : frame_.gap;
    if (column.right_aligned()) out.append(padding, ' ');
    out += text;
    if (!column.right_aligned()) out.append(padding, ' ');
    if (at + 1 < columns_.size()) return;
    out += frame_.end;
    // Blanks at a line's end serve nobody.
    out.resize(out.find_last_not_of(' ') + 1);
    out += '\n';
  }

  OutputBuffer buffer_;
  const Frame& frame_;
  TableCells cells_;
  std::size_t terminal_width_;
  std::uint64_t most_shown_;
  bool has_footer_;
  std::vector<TableColumn> columns_{};
  std::uint64_t rows_ = 0;
  bool sampling_ = true;
  std::string sample_{};             // the cells of the rows held back, one after the other
  std::vector<std::size_t> ends_{};  // where each of them ends
  std::string term_bytes_{}, cell_{}, fitted_{};
};

}  // namespace

std::unique_ptr<SolutionWriter> make_table_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<TableWriter>(out, kPlain, options);
}

std::unique_ptr<SolutionWriter> make_box_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<TableWriter>(out, kBox, options);
}

}  // namespace tripten
