// Tripten: an embedded RDF database, queried and updated with SPARQL 1.1.
//
//   tripten::Database db("people.db");
//   db.load("people.ttl");
//   for (const auto& row : db.query("SELECT ?who ?age { ?who <http://ex.org/age> ?age }"))
//     std::cout << row["who"] << ' ' << row["age"] << '\n';
//
// Errors    A call that fails throws Error and leaves the data as it was before the call.
// Threads   All threads may share one Database; any other object belongs to one thread at a time.
//           Readers never wait. Writers wait for each other.
// Lifetime  A Result, Snapshot or Transaction keeps its database open until it is destroyed.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tripten/completion.h"    // Completion: what may be typed next
#include "tripten/empty_answer.h"  // EmptyAnswer: why a query has no solutions
#include "tripten/error.h"         // Error: the one exception; ErrorCode: why
#include "tripten/format.h"        // Format: Turtle, NTriples, Json, Csv, Table, ...
#include "tripten/search.h"        // Found: a literal that a word is in, and what bears it
#include "tripten/solutions.h"     // WriteOptions; SolutionTable: an answer as a value
#include "tripten/term.h"          // Term: an IRI, blank node or literal; false when unbound

namespace tripten {

struct OpenOptions {
  /// Never writes into the directory; works while another process holds it for writing.
  bool read_only = false;
  /// Makes the database where there is nothing, or an empty directory. Ignored when read_only.
  bool create = true;
  /// A commit has reached the disk when it returns. Without it a power cut may lose the last
  /// commits, never tear one.
  bool sync = true;
  std::size_t memory_limit = 0;     ///< Bytes for caches and queries together; 0 is half the RAM.
  std::uint32_t block_rows = 4096;  ///< Quads a block of a new generation; tests use 4.
};

/// One call of SERVICE (SPARQL 1.1 Federated Query).
struct ServiceRequest {
  std::string endpoint{};                ///< The IRI behind SERVICE.
  std::string query{};                   ///< A SELECT in SPARQL 1.1.
  std::chrono::milliseconds timeout{0};  ///< 0 is none.
  std::stop_token stop{};                ///< A stop ends the query that asks.
};
/// Solutions in SPARQL 1.1 Results JSON, XML or TSV, as the media type says.
struct ServiceAnswer {
  std::string content_type{};
  std::string body{};
};

/// How far a query is.
struct QueryProgress {
  std::uint64_t rows_read = 0;  ///< Of the index, so far.
  /// That the plan expects to read in all, an estimate; 0 where nobody knows.
  std::uint64_t rows_expected = 0;
  std::size_t memory = 0;           ///< Bytes in use.
  std::uint64_t spilled_bytes = 0;  ///< Written into temporary files.
};

struct QueryOptions {
  std::vector<std::pair<std::string_view, Term>> bindings{};  ///< Values given to variables.
  std::chrono::milliseconds timeout{0};                       ///< 0 is none.
  std::stop_token stop{};  ///< A stop requested from any thread ends in ErrorCode::Cancelled.

  /// Texts for `{{name}}` placeholders or, where the query has none of that name, for variables
  /// `?name`: a number, an IRI in angle brackets, a prefixed name, a quoted literal; anything else
  /// is a string. A parameter can never change what a query is.
  std::vector<std::pair<std::string_view, std::string_view>> parameters{};
  /// Prefixes, without the colon, and their IRIs, declared before the text; it may declare them
  /// anew.
  std::vector<std::pair<std::string_view, std::string_view>> prefixes{};
  std::string_view base{};        ///< An IRI that relative ones resolve against.
  int first_line = 1;             ///< Of the text, in places: where it is a part of a file.
  bool strict = false;            ///< SPARQL 1.1 alone: no known prefixes, no lenient forms.
  std::size_t memory_limit = 0;   ///< Bytes for this query; 0 is the database's limit.
  std::uint64_t disk_limit = 0;   ///< Bytes of temporary files; 0 is half of what is free.
  bool profile = false;           ///< Measures every operator, for Result::explain().
  unsigned threads = 0;           ///< The most that work at once; 0: as many as the processor runs.
  std::size_t batch_rows = 1024;  ///< Solutions between operators at a time; tests use 2.
  bool optimise = true;           ///< Off: the plan follows the text; tests compare both.

  /// SERVICE, and LOAD of http and https IRIs, reach into the network; without leave they are
  /// Invalid.
  bool allow_service = false;
  std::chrono::milliseconds service_timeout{60'000};  ///< Of one call; 0 is none but `timeout`.
  /// Answers the calls of SERVICE; what it throws is a failed call. Empty: HTTP POST, as SPARQL 1.1
  /// Protocol says. Called by the thread that reads the Result.
  std::function<ServiceAnswer(const ServiceRequest&)> service{};

  /// Called a few times a second while the query works, by the thread that asked it.
  std::function<void(const QueryProgress&)> progress{};
};

/// Prefix → IRI, of those that need no declaration but with QueryOptions::strict.
const std::map<std::string, std::string>& known_prefixes();

enum class PlanFormat { Text, Json };

/// One solution. Valid until the next one is read.
class Row {
 public:
  const Term& operator[](std::string_view variable) const;  ///< Throws NotFound if not selected.
  const Term& operator[](std::size_t column) const;
  std::size_t size() const { return terms_.size(); }

 private:
  friend class Result;
  const std::vector<std::string>* columns_ = nullptr;
  std::vector<Term> terms_{};
};

/// The answer to one query: a range of rows, computed while it is read, readable once.
/// ASK answers with one row and column; CONSTRUCT with columns subject, predicate and object.
class Result {
 public:
  class Iterator;  // a std::input_iterator over const Row&
  struct State;    // private to the library, as in the classes below
  Result(Result&&) noexcept;
  Result& operator=(Result&&) noexcept;
  ~Result();

  const std::vector<std::string>& columns() const;
  Iterator begin();
  std::default_sentinel_t end() { return {}; }

  /// Writes all the rows that are left, as they are computed. Format::Guess is Tsv, or NTriples for
  /// a graph. Invalid where the format does not fit the kind of answer.
  void write(std::ostream& out, Format format, const WriteOptions& options = {});

  bool is_graph() const;    ///< CONSTRUCT and DESCRIBE.
  bool is_boolean() const;  ///< ASK.
  /// The plan, one operator a line, or as JSON (docs/command-line.md); after the last row of a
  /// profiled query with what each operator took: rows, time, memory, blocks, temporary files.
  std::string explain(PlanFormat format = PlanFormat::Text) const;
  /// One sentence for each form of the query that SPARQL forbids and Tripten understood, with the
  /// standard form.
  const std::vector<std::string>& notes() const;
  std::uint64_t rows_read() const;  ///< Rows given out so far.

 private:
  friend class Snapshot;
  friend class Transaction;
  friend class PreparedQuery;
  explicit Result(std::unique_ptr<State> state);
  bool advance();
  std::unique_ptr<State> state_;
};

class Result::Iterator {
 public:
  using iterator_concept = std::input_iterator_tag;
  using value_type = Row;
  using difference_type = std::ptrdiff_t;

  Iterator() = default;
  const Row& operator*() const;
  const Row* operator->() const { return &**this; }
  Iterator& operator++();
  void operator++(int) { ++*this; }
  friend bool operator==(const Iterator& it, std::default_sentinel_t) { return !it.result_; }

 private:
  friend class Result;
  explicit Iterator(Result* result) : result_(result) {}
  Result* result_ = nullptr;  // null at the end
};

/// A term with how often it occurs and what it is called.
struct NamedCount {
  Term term{};
  std::string label{};  ///< Its rdfs:label, if it has one.
  std::uint64_t count = 0;
};

/// A predicate, its quads, and how many different subjects and objects these have.
struct PredicateCount : NamedCount {
  std::uint64_t subjects = 0, objects = 0;
};

/// What a database holds, counted exactly.
struct Info {
  std::uint64_t quads = 0, terms = 0, bytes_on_disk = 0, delta_rows = 0, format_version = 0;
  std::vector<NamedCount> graphs{};          ///< Named graphs and their quads.
  std::vector<PredicateCount> predicates{};  ///< By falling count.
  std::vector<NamedCount> classes{};         ///< Objects of rdf:type and their instances, falling.
};

/// A view of the database that never changes, whatever is written meanwhile.
class Snapshot {
 public:
  struct State;
  Snapshot(Snapshot&&) noexcept;
  Snapshot& operator=(Snapshot&&) noexcept;
  ~Snapshot();

  Result query(std::string_view sparql, const QueryOptions& options = {}) const;
  /// The plan, one operator a line, or as JSON.
  std::string explain(std::string_view sparql, const QueryOptions& options = {},
                      PlanFormat format = PlanFormat::Text) const;
  /// What an update would do, an operation after another: the plan of each WHERE. Nothing runs.
  std::string explain_update(std::string_view sparql, const QueryOptions& options = {}) const;
  /// All quads as NQuads or TriG; as NTriples or Turtle one graph: `graph`, or the default one.
  /// An unchanged database is dumped as the same bytes. A stop ends in ErrorCode::Cancelled.
  void dump(std::ostream& out, Format format = Format::NQuads, const Term& graph = {},
            std::stop_token stop = {}) const;
  Info info() const;

  /// What may stand at `cursor`, a place in bytes of `text`, which is a query or an update as far
  /// as it is typed. Never throws for what the text holds.
  Completion complete(std::string_view text, std::size_t cursor,
                      const CompletionOptions& options = {}) const;
  /// Why the query has no solutions; it runs parts of it, each within the options' limits.
  EmptyAnswer why_empty(std::string_view sparql, const QueryOptions& options = {}) const;
  /// A sentence for each predicate and class of the query that the data does not have, with the
  /// nearest that it has. Cheap: reads no quads.
  std::vector<std::string> unknown_names(std::string_view sparql,
                                         const QueryOptions& options = {}) const;
  /// The literals that contain `words`, letters of either case being the same.
  SearchResult search(std::string_view words, const SearchOptions& options = {}) const;
  /// What bears exactly this name (rdfs:label, skos:prefLabel, schema:name, ...), whatever its
  /// language.
  SearchResult named(std::string_view name, const SearchOptions& options = {}) const;

 private:
  friend class Database;
  friend class PreparedQuery;
  friend class Transaction;
  explicit Snapshot(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct Changes {
  std::uint64_t inserted = 0, deleted = 0;
  std::vector<std::string> notes{};  ///< As Result::notes().
};

/// Several updates that happen together or not at all. It sees its own changes.
class Transaction {
 public:
  struct State;
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  Result query(std::string_view sparql, const QueryOptions& options = {}) const;
  Changes update(std::string_view sparql, const QueryOptions& options = {});
  /// The data with the changes so far, for all else that a Snapshot can be asked. Unlike others it
  /// sees later changes too, belongs to the Transaction's thread, and must go before others write:
  /// a Transaction that is not committed is undone when its views have gone as well.
  Snapshot view() const;
  void commit();  ///< Durable when it returns. A Transaction destroyed before is undone.

 private:
  friend class Database;
  friend class PreparedQuery;
  explicit Transaction(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

/// How far a load is.
struct LoadProgress {
  std::string_view stage{};      ///< "reading", "sorting terms", "writing terms", "writing",
                                 ///< "switching", and "compacting" after many loads.
  std::uint64_t statements = 0;  ///< Read so far.
  double done = -1;              ///< Of all the work, 0 to 1; negative where nobody knows.
};

struct LoadOptions {
  Format format = Format::Guess;  ///< Guess: by each file's name.
  Term graph{};                   ///< For statements that name no graph; unbound: the default one.
  std::string base{};             ///< For relative IRIs; empty: each file's own `file:` IRI.
  bool lenient = false;           ///< Skip bad statements, rows and files; count them.
  /// CSVW metadata for the tables; empty: what lies beside each.
  std::filesystem::path mapping{};
  std::size_t memory_limit = 0;  ///< Bytes; 0 is the database's limit.
  std::stop_token stop{};
  /// Called now and then, by one thread at a time.
  std::function<void(const LoadProgress&)> progress{};
};

/// What a load did.
struct LoadReport {
  std::uint64_t files = 0, statements = 0, inserted = 0;
  std::uint64_t figures = 0, articles = 0, tables = 0, rows = 0;
  std::map<std::string, std::uint64_t> mentions{};  ///< By kind: gene, chemical, disease, concept.
  std::uint64_t keywords_resolved = 0, keywords_unresolved = 0;
  std::map<std::string, std::uint64_t> left_out{};  ///< Values left out, by the reason.
  std::uint64_t passed_over = 0;             ///< Files in folders whose names tell no format.
  std::uint64_t skipped = 0;                 ///< Statements, rows and files, with `lenient`.
  std::vector<std::string> first_skipped{};  ///< The messages of the first ten.
  /// Why the compaction after many loads did not come to its end. The load is complete all the
  /// same.
  std::string not_compacted{};
};

struct CompactOptions {
  std::size_t memory_limit = 0;  ///< Bytes; 0 is half of the database's limit.
  std::stop_token stop{};
  /// Called now and then, by one thread at a time, with the part that is done, 0 to 1.
  std::function<void(double done)> progress{};
};

/// What a compaction did.
struct CompactReport {
  std::uint64_t folded = 0;         ///< Changes that were kept apart and are no longer.
  std::uint64_t removed_terms = 0;  ///< That no quad used any more.
  std::uint64_t bytes_before = 0, bytes_after = 0;
};

/// A query that is parsed once and run often, each time with other values. A run sees the data of
/// its moment. All threads may share one; copies are the same one. Keeps its database open.
///
///   const PreparedQuery ages = db.prepare("SELECT ?age { ?who <http://ex.org/age> ?age }");
///   for (const Term& person : people)
///     for (const auto& row : ages.query({.bindings = {{"who", person}}})) ...
class PreparedQuery {
 public:
  struct State;
  /// Runs on the database as it is, or on a Snapshot or Transaction of it. Values hold for this run
  /// only; those given to prepare() hold where it has no other. Invalid for a value of a name that
  /// is not among parameters(). `base` and `strict` are those of prepare().
  Result query(const QueryOptions& options = {}) const;
  Result query(const Snapshot& snapshot, const QueryOptions& options = {}) const;
  Result query(const Transaction& transaction, const QueryOptions& options = {}) const;

  /// What values can be given to: `{{name}}` placeholders, then variables, by name.
  const std::vector<std::string>& parameters() const;

 private:
  friend class Database;
  explicit PreparedQuery(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

class Database {
 public:
  struct State;
  explicit Database(const std::filesystem::path& directory, const OpenOptions& options = {});
  static Database in_memory(const OpenOptions& options = {});
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Adds the triples of a file, all or none. Fastest into an empty database.
  Changes load(const std::filesystem::path& file, Format format = Format::Guess);
  /// Adds all files, folders with everything in them, together or not at all.
  LoadReport load(const std::vector<std::filesystem::path>& files, const LoadOptions& options);
  /// Adds the statements of a text; `base` is for relative IRIs.
  Changes load_text(std::string_view text, Format format, std::string_view base = {});

  Result query(std::string_view sparql, const QueryOptions& options = {}) const;  // one Snapshot
  Changes update(std::string_view sparql, const QueryOptions& options = {});      // one Transaction
  /// Finds the query's errors now, but for those of `{{name}}` placeholders without values.
  PreparedQuery prepare(std::string_view sparql, const QueryOptions& options = {}) const;
  Snapshot snapshot() const;
  Transaction begin();  ///< Waits until the Transaction before it has ended.

  Info info() const;
  /// Reads everything and verifies every checksum and invariant: a sentence for each damage.
  std::vector<std::string> check() const;

  /// Puts together what loads and updates left apart, and gives back the room of what was deleted,
  /// or nothing of it where it is stopped. Readers go on, writers wait; the room that open
  /// Snapshots and Results need is given back when they end. Updates alone need no call: a writer
  /// folds large changes in the background.
  CompactReport compact(const CompactOptions& options = {});

  /// Adds a copy of the database, as it is at one moment, to a folder of backups, while others read
  /// and write. What an earlier backup in the folder has is not copied again. `progress` is called
  /// after each megabyte or so, with the bytes that were copied and those that are to be copied at
  /// most.
  void backup(
      const std::filesystem::path& folder, std::stop_token stop = {},
      const std::function<void(std::uint64_t bytes, std::uint64_t most)>& progress = {}) const;
  /// Makes the latest backup of the folder a database in `directory`, which is missing or empty.
  static void restore(const std::filesystem::path& folder, const std::filesystem::path& directory);

 private:
  explicit Database(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace tripten
