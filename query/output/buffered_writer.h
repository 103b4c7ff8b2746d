// BufferedWriter: what the streaming writers share: one buffer for the rows, and a cache of cells.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "query/expr/fetched_terms.h"
#include "query/output/solution_writer.h"

namespace tripten {

/// Collects bytes and hands them on in large pieces. Throws Io where the stream refuses them.
class OutputBuffer {
 public:
  explicit OutputBuffer(std::ostream& out) : out_(out) {}
  std::string& bytes() { return bytes_; }
  void flush_if_full();
  void flush();

 private:
  std::ostream& out_;
  std::string bytes_{};
};

/// A cell's bytes depend on its id alone: those of an id whose term must be looked up are kept from
/// its second time on, one a slot, as long as they are short. The terms of a batch's other cells
/// are fetched together. Where they lie so far apart that blocks of the dictionary which the cache
/// had lost are read for a few of them each (rows in an order that is not its own), batches twice
/// as large are asked for, as long as they fit.
class BufferedWriter : public SolutionWriter {
 public:
  void write(const Batch& batch, const QueryTerms& terms) override;
  void allow_large(std::size_t memory, const Interrupt& interrupt) override;
  std::size_t rows_wanted() const override { return rows_wanted_; }

 protected:
  explicit BufferedWriter(std::ostream& out) : buffer_(out) {}

  virtual void append_row(const Batch& batch, std::size_t row, const QueryTerms& terms) = 0;
  /// Appends what stands for a term in a cell.
  virtual void append_term(const TermView& term, std::string& out) = 0;

  void append_cell(TermId id, const QueryTerms& terms);

  std::string& bytes() { return buffer_.bytes(); }
  void flush_if_full() { buffer_.flush_if_full(); }
  void flush() { buffer_.flush(); }

 private:
  struct Slot {
    TermId id{};
    std::string bytes{};
  };
  void fetch_terms(const Batch& batch, const QueryTerms& terms);
  void choose_rows(std::size_t rows);
  TermView term_of(TermId id, const QueryTerms& terms);
  Slot& slot_of(TermId id) { return cells_[std::hash<TermId>()(id) % cells_.size()]; }

  OutputBuffer buffer_;
  FetchedTerms fetched_{};
  std::size_t memory_ = 0;                // for terms, where batches may be large
  const Interrupt* interrupt_ = nullptr;  // then
  std::size_t rows_wanted_ = 0;
  std::vector<Slot> cells_{};      // few for a short answer
  std::size_t cells_written_ = 0;  // since there are that many
  std::string scratch_{};
};

// Each in a file of its own; solution_writer.h says what they write.
std::unique_ptr<SolutionWriter> make_csv_writer(std::ostream& out);
std::unique_ptr<SolutionWriter> make_tsv_writer(std::ostream& out);
std::unique_ptr<SolutionWriter> make_json_writer(std::ostream& out);
std::unique_ptr<SolutionWriter> make_json_lines_writer(std::ostream& out);
std::unique_ptr<SolutionWriter> make_xml_writer(std::ostream& out);
std::unique_ptr<SolutionWriter> make_markdown_writer(std::ostream& out);
std::unique_ptr<SolutionWriter> make_table_writer(std::ostream& out, const WriteOptions& options);
std::unique_ptr<SolutionWriter> make_box_writer(std::ostream& out, const WriteOptions& options);
std::unique_ptr<SolutionWriter> make_line_writer(std::ostream& out, const WriteOptions& options);
std::unique_ptr<SolutionWriter> make_html_writer(std::ostream& out, const WriteOptions& options);

}  // namespace tripten
