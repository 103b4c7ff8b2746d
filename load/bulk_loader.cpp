#include "load/bulk_loader.h"

#include <algorithm>
#include <exception>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/check.h"
#include "load/quad_sort.h"
#include "load/term_sort.h"
#include "load/term_table.h"
#include "rdf/term_codec.h"
#include "storage/generation_builder.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

constexpr std::uint64_t kCheckEvery = 1 << 14;  // statements between looks at clock and memory
constexpr int kSubject = 0, kPredicate = 1, kObject = 2, kGraph = 3;

/// Hands `quads`, sorted in `order`, to the builder.
void write_order(GenerationBuilder& builder, QuadOrder order, const std::vector<Quad>& quads,
                 const Interrupt* interrupt) {
  constexpr std::size_t kAtOnce = 1 << 16;
  std::size_t at = 0;
  builder.add_quads(order, [&](std::vector<Quad>& rows) {
    if (interrupt) interrupt->check();
    rows.clear();
    const std::size_t end = std::min(quads.size(), at + kAtOnce);
    for (; at < end; ++at)
      rows.push_back(to_order(quads[at], order));
    return !rows.empty();
  });
}

}  // namespace

/// Quads are kept with ids of kind Local for terms that have only the number of the table; when all
/// terms are known, these become the dictionary's.
class BulkLoader::Work {
 public:
  Work(Store& store, const BulkLoadOptions& options)
      : options_(options),
        builder_(store.build_generation()) {
    if (options_.graph) graph_ = id_of(view_of(options_.graph));
  }

  void begin_source() { blanks_.clear(); }
  void add(const Statement& statement);
  BulkLoadCounts finish();

 private:
  TermId id_of(const TermView& term);
  TermId blank(std::string_view label);
  std::size_t memory() const;
  void check_limits();
  void report(std::string_view stage) const {
    if (options_.progress) options_.progress(statements_, stage);
  }
  void number_terms();
  void sort_and_write();

  BulkLoadOptions options_;
  std::unique_ptr<GenerationBuilder> builder_;
  TermId graph_ = kDefaultGraph;
  TermTable terms_{};
  std::vector<Quad> quads_{};
  std::unordered_map<std::string, TermId> blanks_{};  // labels of the source at hand
  std::string encoded_{};                             // scratch
  std::uint64_t statements_ = 0;
};

void BulkLoader::Work::add(const Statement& statement) {
  if (statements_ % kCheckEvery == 0) check_limits();
  ++statements_;
  const bool in_default = statement.graph.kind == TermKind::Unbound;
  quads_.push_back({{id_of(statement.subject), id_of(statement.predicate), id_of(statement.object),
                     in_default ? graph_ : id_of(statement.graph)}});
}

TermId BulkLoader::Work::id_of(const TermView& term) {
  if (term.kind == TermKind::Blank) return blank(term.value);
  if (term.kind == TermKind::Literal)
    if (const auto id = inline_id(term)) return *id;
  encoded_.clear();
  append_encoded(term, encoded_);
  return {IdKind::Local, terms_.number(encoded_)};
}

TermId BulkLoader::Work::blank(std::string_view label) {
  const auto [found, is_new] = blanks_.try_emplace(std::string(label));
  if (is_new) found->second = TermId(IdKind::Blank, builder_->reserve_blanks(1));
  return found->second;
}

std::size_t BulkLoader::Work::memory() const {
  return terms_.memory() + quads_.capacity() * sizeof(Quad);
}

void BulkLoader::Work::check_limits() {
  if (options_.interrupt) options_.interrupt->check();
  if (memory() > options_.memory_bytes)
    throw Error(ErrorCode::Limit,
                fmt::format("The load needs more than its {} MB of memory (after {} statements).",
                            options_.memory_bytes >> 20, statements_));
  report("reading");
}

void BulkLoader::Work::number_terms() {
  report("sorting terms");
  terms_.finish();
  const std::vector<std::uint32_t> numbers = sorted_numbers(terms_.terms());
  report("writing terms");
  std::vector<TermId> ids(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i % kCheckEvery == 0 && options_.interrupt) options_.interrupt->check();
    ids[numbers[i]] = builder_->add_term(terms_.term(numbers[i]));
  }
  terms_ = {};
  for (Quad& quad : quads_)
    for (TermId& term : quad.terms)
      if (term.kind() == IdKind::Local) term = ids[term.payload()];
}

void BulkLoader::Work::sort_and_write() {
  report("sorting");
  std::vector<Quad> other;
  for (const int position : {kGraph, kObject, kPredicate, kSubject})
    stable_sort_by(position, quads_, other);
  quads_.erase(std::unique(quads_.begin(), quads_.end()), quads_.end());
  report("writing");
  // Two chains of orders, each made of the one before it by a stable sort of one column.
  const auto write = [this](QuadOrder order, const std::vector<Quad>& quads) {
    write_order(*builder_, order, quads, options_.interrupt);
  };
  std::exception_ptr failure;
  const std::vector<Quad> start = quads_;
  std::jthread chain([&] {
    try {
      std::vector<Quad> quads = start, room;
      stable_sort_by(kObject, quads, room);
      write(QuadOrder::Ospg, quads);
      stable_sort_by(kSubject, quads, room);
      write(QuadOrder::Sopg, quads);
      quads = start;
      stable_sort_by(kGraph, quads, room);
      write(QuadOrder::Gspo, quads);
    } catch (...) {
      failure = std::current_exception();
    }
  });
  try {
    write(QuadOrder::Spog, quads_);
    stable_sort_by(kPredicate, quads_, other);
    write(QuadOrder::Psog, quads_);
    stable_sort_by(kObject, quads_, other);
    write(QuadOrder::Opsg, quads_);
    stable_sort_by(kPredicate, quads_, other);
    write(QuadOrder::Posg, quads_);
  } catch (const Error&) {
    chain.join();
    throw;
  }
  chain.join();
  if (failure) std::rethrow_exception(failure);
}

BulkLoadCounts BulkLoader::Work::finish() {
  check_limits();
  number_terms();
  sort_and_write();
  report("switching");
  const std::uint64_t inserted = builder_->commit();
  return {.statements = statements_, .inserted = inserted};
}

BulkLoader::BulkLoader(Store& store, const BulkLoadOptions& options)
    : work_(std::make_unique<Work>(store, options)) {}
BulkLoader::~BulkLoader() = default;

void BulkLoader::begin_source() {
  work_->begin_source();
}

void BulkLoader::add(const Statement& statement) {
  work_->add(statement);
}

BulkLoadCounts BulkLoader::finish() {
  return work_->finish();
}

}  // namespace tripten
