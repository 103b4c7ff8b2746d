#include "api/waiting_rows.h"

#include <algorithm>
#include <chrono>

#include "tripten/error.h"

namespace tripten {
namespace {

constexpr std::size_t kMostTerms = std::size_t{64} << 20;
constexpr std::chrono::milliseconds kLongestWait{100};

}  // namespace

WaitingRows::WaitingRows(QueryRun& run, SolutionWriter& writer, const Interrupt& interrupt)
    : run_(run),
      writer_(writer),
      lease_(run.budget()),
      terms_bytes_(std::min(kMostTerms, run.budget().limit() / 8)) {
  writer.allow_large(terms_bytes_, interrupt);
}

void WaitingRows::append_to(Batch& batch) {
  const std::size_t wanted = writer_.rows_wanted();
  if (wanted <= batch.rows || !has_room(wanted * (batch.columns.size() + 1) * sizeof(TermId)))
    return;
  const auto until = std::chrono::steady_clock::now() + kLongestWait;
  while (batch.rows < wanted && std::chrono::steady_clock::now() < until && run_.next(more_))
    batch.append(more_);
}

bool WaitingRows::has_room(std::size_t rows_bytes) {
  if (lease_.bytes() >= terms_bytes_ + rows_bytes) return true;
  if (rows_bytes > run_.budget().limit() / 8) return false;
  try {
    lease_.resize(terms_bytes_ + rows_bytes);
    return true;
  } catch (const Error&) {  // the query itself needs it
    return false;
  }
}

}  // namespace tripten
