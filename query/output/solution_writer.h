// SolutionWriter: the answers of SELECT and ASK as bytes.
//
// JSON, XML, CSV and TSV exactly as "SPARQL 1.1 Query Results" says; table, box, line, html,
// markdown and jsonl. Ids become bytes without a Term between.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "tripten/solutions.h"

#include "base/interrupt.h"
#include "query/expr/batch.h"
#include "query/expr/query_terms.h"

namespace tripten {

class SolutionWriter {
 public:
  virtual ~SolutionWriter() = default;
  virtual void begin(const std::vector<std::string>& variables) = 0;
  /// The columns of `batch` are the variables, in order.
  virtual void write(const Batch& batch, const QueryTerms& terms) = 0;
  virtual void finish() = 0;
  /// A large answer is to be written: batches may be large, too, and hold about `memory` bytes
  /// beside their rows. The interrupt, which is then asked, lives as long as the writer.
  virtual void allow_large(std::size_t /*memory*/, const Interrupt& /*interrupt*/) {}
  /// How many rows the next batch should have at least for least work; 0: as they come.
  virtual std::size_t rows_wanted() const { return 0; }
  /// The whole answer of an ASK, in place of the three calls above.
  virtual void write_boolean(bool answer) = 0;
};

/// Invalid for a format that holds graphs or can't be written. The prefixes of the options are all
/// there are; `keep` is not looked at.
std::unique_ptr<SolutionWriter> make_solution_writer(std::ostream& out, Format format,
                                                     const WriteOptions& options = {});

}  // namespace tripten
