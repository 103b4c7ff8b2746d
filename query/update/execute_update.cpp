// The operations of a request, a function each.
//
// A graph exists while it holds a quad: the store does not record empty graphs. So, as SPARQL 1.1
// Update §3.2 says of such stores, CLEAR and DROP of a graph that does not exist succeed and change
// nothing, as does CREATE of one that does not; CREATE of one that does is an error. ADD, MOVE and
// COPY from a named graph that does not exist are an error, since it is probably misspelt. SILENT
// makes each of these a success without effect.
#include "query/update/execute_update.h"

#include <unordered_map>

#include <fmt/format.h>

#include "query/update/modify.h"
#include "query/update/quad_list.h"

namespace tripten {

namespace {

constexpr std::size_t kAskEvery = 1024;  // quads between two looks at the interrupt

/// LOAD: statements to quads. Blank node labels mean the same node until the next source.
class LoadSink : public StatementSink {
 public:
  LoadSink(StoreTransaction& transaction, TermId graph, QuadList& quads)
      : transaction_(transaction),
        graph_(graph),
        quads_(quads) {}

  void begin_source() override { blanks_.clear(); }

  void add(const Statement& statement) override {
    const bool names_none = statement.graph.kind == TermKind::Unbound;
    quads_.add({{id_of(statement.subject), id_of(statement.predicate), id_of(statement.object),
                 names_none ? graph_ : id_of(statement.graph)}});
  }

 private:
  TermId id_of(const TermView& term) {
    if (term.kind != TermKind::Blank) return transaction_.intern(term);
    const auto [found, is_new] = blanks_.try_emplace(std::string(term.value));
    if (is_new) found->second = transaction_.fresh_blank();
    return found->second;
  }

  StoreTransaction& transaction_;
  TermId graph_;
  QuadList& quads_;
  std::unordered_map<std::string, TermId> blanks_{};
};

class UpdateRun {
 public:
  UpdateRun(StoreTransaction& transaction, const Interrupt& interrupt, const RunOptions& options,
            const SourceReader& read_source)
      : transaction_(transaction),
        interrupt_(interrupt),
        options_(options),
        read_source_(read_source),
        budget_(options.memory_bytes) {}

  void operator()(const InsertData& operation) {
    std::unordered_map<std::string, TermId> blanks;
    const auto id_of = [&](const PatternTerm& place) {
      const Term& term = std::get<Term>(place);
      if (!term.is_blank()) return term ? transaction_.intern(view_of(term)) : kDefaultGraph;
      const auto [found, is_new] = blanks.try_emplace(term.value());
      if (is_new) found->second = transaction_.fresh_blank();
      return found->second;
    };
    for (const QuadTemplate& quad : operation.quads)
      insert({{id_of(quad.subject), id_of(quad.predicate), id_of(quad.object), id_of(quad.graph)}});
  }

  void operator()(const DeleteData& operation) {
    for (const QuadTemplate& quad : operation.quads) {
      Quad found;
      bool known = true;
      const std::array<const PatternTerm*, 4> places{&quad.subject, &quad.predicate, &quad.object,
                                                     &quad.graph};
      for (std::size_t i = 0; i < places.size(); ++i) {
        const Term& term = std::get<Term>(*places[i]);
        const auto id = term ? transaction_.find(view_of(term)) : kDefaultGraph;
        known = known && id;
        found.terms[i] = id.value_or(kUnbound);
      }
      if (known) erase(found);
    }
  }

  void operator()(const Modify& operation) {
    const UpdateCounts counts = execute_modify(operation, transaction_, interrupt_, options_);
    counts_.inserted += counts.inserted;
    counts_.deleted += counts.deleted;
  }

  void operator()(const Load& operation) {
    QuadList quads(budget_);
    try {
      if (!read_source_) throw Error(ErrorCode::Invalid, "LOAD is not possible here");
      const TermId graph =
          operation.graph ? transaction_.intern(view_of(*operation.graph)) : kDefaultGraph;
      LoadSink sink(transaction_, graph, quads);
      read_source_(operation.source, sink);
    } catch (const Error& error) {
      const bool is_about_source = error.code == ErrorCode::Syntax ||
                                   error.code == ErrorCode::Invalid ||
                                   error.code == ErrorCode::NotFound || error.code == ErrorCode::Io;
      if (!operation.silent || !is_about_source) throw;
      return;
    }
    insert_all(quads);
  }

  void operator()(const Clear& operation) {
    switch (operation.target) {
      case GraphTarget::Graph:
        if (const auto graph = transaction_.find(view_of(operation.graph))) clear(*graph);
        return;
      case GraphTarget::Default:
        return clear(kDefaultGraph);
      case GraphTarget::All:
        clear(kDefaultGraph);
        [[fallthrough]];
      case GraphTarget::Named:
        for (const TermId graph : transaction_.graphs())
          clear(graph);
        return;
    }
  }

  void operator()(const Create& operation) {
    const auto graph = transaction_.find(view_of(operation.graph));
    if (graph && exists(*graph) && !operation.silent)
      throw Error(ErrorCode::Invalid,
                  fmt::format("CREATE: there is a graph {} already", operation.graph.to_string()));
  }

  void operator()(const Transfer& operation) {
    if (operation.from == operation.to) return;
    const auto from = operation.from ? transaction_.find(view_of(operation.from)) : kDefaultGraph;
    if (!from || (*from != kDefaultGraph && !exists(*from))) {
      if (operation.silent) return;
      throw Error(ErrorCode::NotFound, fmt::format("{}: there is no graph {}", name_of(operation),
                                                   operation.from.to_string()));
    }
    QuadList quads(budget_);
    collect(*from, quads);
    const TermId to = operation.to ? transaction_.intern(view_of(operation.to)) : kDefaultGraph;
    if (operation.kind != GraphCopy::Add) clear(to);
    for (Quad quad : quads) {
      quad.terms[3] = to;
      insert(quad);
    }
    if (operation.kind != GraphCopy::Move) return;
    for (const Quad& quad : quads)
      erase(quad);
  }

  UpdateCounts counts() const { return counts_; }

 private:
  static std::string_view name_of(const Transfer& operation) {
    switch (operation.kind) {
      case GraphCopy::Add:
        return "ADD";
      case GraphCopy::Move:
        return "MOVE";
      case GraphCopy::Copy:
        break;
    }
    return "COPY";
  }

  bool exists(TermId graph) const {
    QuadColumns rows;
    return transaction_.scan(QuadOrder::Gspo, in_graph(graph)).next(rows, 1);
  }

  static QuadPattern in_graph(TermId graph) { return {{kUnbound, kUnbound, kUnbound, graph}}; }

  void collect(TermId graph, QuadList& quads) {
    QuadScan scan = transaction_.scan(QuadOrder::Gspo, in_graph(graph));
    QuadColumns rows;
    while (scan.next(rows)) {
      interrupt_.check();
      for (std::size_t row = 0; row < rows.rows; ++row)
        quads.add(from_order({{rows.columns[0][row], rows.columns[1][row], rows.columns[2][row],
                               rows.columns[3][row]}},
                             QuadOrder::Gspo));
    }
  }

  void clear(TermId graph) {
    QuadList quads(budget_);
    collect(graph, quads);
    for (const Quad& quad : quads)
      erase(quad);
  }

  void insert_all(const QuadList& quads) {
    for (const Quad& quad : quads)
      insert(quad);
  }

  void insert(const Quad& quad) {
    ask();
    counts_.inserted += transaction_.insert(quad);
  }
  void erase(const Quad& quad) {
    ask();
    counts_.deleted += transaction_.erase(quad);
  }
  void ask() {
    if (changes_++ % kAskEvery == 0) interrupt_.check();
  }

  StoreTransaction& transaction_;
  const Interrupt& interrupt_;
  const RunOptions& options_;
  const SourceReader& read_source_;
  MemoryBudget budget_;
  UpdateCounts counts_{};
  std::size_t changes_ = 0;
};

}  // namespace

UpdateCounts execute_update(const Update& update, StoreTransaction& transaction,
                            const Interrupt& interrupt, const RunOptions& options,
                            const SourceReader& read_source) {
  UpdateRun run(transaction, interrupt, options, read_source);
  for (const UpdateOperation& operation : update.operations) {
    try {
      std::visit(run, operation.node);
    } catch (Error& error) {
      const bool is_about_operation =
          error.code == ErrorCode::Invalid || error.code == ErrorCode::NotFound;
      if (is_about_operation && !error.position) error.position = operation.place;
      throw;
    }
  }
  return run.counts();
}

}  // namespace tripten
