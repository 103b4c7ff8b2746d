#include "api/answer_copy.h"

namespace tripten {
namespace {

std::size_t bytes_of(const Term& term) {
  return sizeof(Term) + term.value().size() + term.language().size();
}

}  // namespace

AnswerCopy::AnswerCopy(KeptAnswer* to, const std::vector<std::string>& columns, bool is_graph,
                       const std::map<std::string, std::string>& prefixes)
    : to_(to) {
  if (!to_) return;
  to_->table = {.variables = columns};
  to_->is_graph = is_graph;
  to_->is_complete = false;
  to_->prefixes = prefixes;
}

void AnswerCopy::add(const Batch& batch, const QueryTerms& terms) {
  if (!to_) return;
  for (std::size_t row = 0; row < batch.rows; ++row) {
    std::vector<Term> copied;
    copied.reserve(batch.columns.size());
    bytes_ += sizeof(copied);
    for (const Column& column : batch.columns) {
      copied.push_back(terms.term(column[row]));
      bytes_ += bytes_of(copied.back());
    }
    to_->table.rows.push_back(std::move(copied));
    if (bytes_ <= to_->most_bytes) continue;
    to_->table.rows = {};
    to_ = nullptr;
    return;
  }
}

void AnswerCopy::set(bool answer) {
  if (to_) to_->table.boolean = answer;
}

void AnswerCopy::finish() {
  if (to_) to_->is_complete = true;
}

}  // namespace tripten
