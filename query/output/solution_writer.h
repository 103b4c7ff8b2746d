// SolutionWriter: the answers of SELECT and ASK as bytes.
//
// JSON, XML, CSV and TSV exactly as "SPARQL 1.1 Query Results" says, and table, markdown and jsonl.
// Ids become bytes without a Term between.
#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tripten/format.h"

#include "query/expr/batch.h"
#include "query/expr/query_terms.h"

namespace tripten {

struct OutputOptions {
  Format format = Format::Tsv;
  /// Table only: IRIs are shown as prefixed names where one of these fits.
  std::map<std::string, std::string> prefixes{};
  std::size_t width = 0;  ///< Table: columns of the terminal; 0 is no limit.
};

class SolutionWriter {
 public:
  virtual ~SolutionWriter() = default;
  virtual void begin(const std::vector<std::string>& variables) = 0;
  /// The columns of `batch` are the variables, in order.
  virtual void write(const Batch& batch, const QueryTerms& terms) = 0;
  virtual void finish() = 0;
  /// The whole answer of an ASK, in place of the three calls above.
  virtual void write_boolean(bool answer) = 0;
};

/// Invalid for a format that holds graphs or can't be written.
std::unique_ptr<SolutionWriter> make_solution_writer(std::ostream& out,
                                                     const OutputOptions& options);

}  // namespace tripten
