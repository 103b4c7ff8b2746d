// A line for each value, an empty line between solutions, for rows that are too wide for a table:
//
//   gene    = ncbigene:5728
//   symbol  = PTEN
//
// The cells are those of a table, never cut.
#include <algorithm>

#include "base/utf8.h"
#include "query/output/buffered_writer.h"
#include "query/output/table_cells.h"

namespace tripten {
namespace {

class LineWriter : public BufferedWriter {
 public:
  LineWriter(std::ostream& out, const WriteOptions& options)
      : BufferedWriter(out),
        cells_(options) {}

  void begin(const std::vector<std::string>& variables) override {
    std::size_t width = 0;
    for (const std::string& variable : variables) {
      append_visible(variable, names_.emplace_back());
      width = std::max(width, display_width(names_.back()));
    }
    for (std::string& name : names_) {
      name.append(width - display_width(name), ' ');
      name += " = ";
    }
  }
  void write(const Batch& batch, const QueryTerms& terms) override {
    cells_.fetch_labels(batch, batch.rows, terms);
    BufferedWriter::write(batch, terms);
  }
  void finish() override { flush(); }
  void write_boolean(bool answer) override {
    bytes() += answer ? "true\n" : "false\n";
    flush();
  }

 protected:
  void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) override {
    if (!is_first_) bytes() += '\n';
    is_first_ = false;
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      bytes() += names_[i];
      append_cell(batch.columns[i][row], terms);
      bytes() += '\n';
    }
  }
  void append_term(const TermView& term, std::string& out) override { cells_.append(term, out); }

 private:
  TableCells cells_;
  std::vector<std::string> names_{};  // with blanks and the equals sign
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<SolutionWriter> make_line_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<LineWriter>(out, options);
}

}  // namespace tripten
