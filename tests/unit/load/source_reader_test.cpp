// Sources read by several threads: the same statements and the same errors as by one.
#include "load/source_reader.h"

#include <algorithm>
#include <mutex>

#include <catch2/catch.hpp>

#include "base/in_threads.h"
#include "load/bulk_loader.h"
#include "rdf/writer.h"
#include "tests/unit/storage/term_quads.h"

namespace tripten {
namespace {

/// Lines of all threads, each with the number of its source.
class SharedLines : public StatementSink {
 public:
  explicit SharedLines(std::vector<std::string>& lines, std::mutex& mutex)
      : lines_(lines),
        mutex_(mutex) {}
  void begin_source() override {}
  void add(const Statement& statement) override {
    std::string line = std::to_string(source) + " ";
    for (const TermView* term :
         {&statement.subject, &statement.predicate, &statement.object, &statement.graph})
      if (term->kind != TermKind::Unbound) append_ntriples(*term, line);
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }
  std::size_t source = 0;

 private:
  std::vector<std::string>& lines_;
  std::mutex& mutex_;
};

struct Read {
  std::vector<std::string> lines{};  // sorted
  SkippedStatements skipped{};
};

LoadSource source_of(std::string text, Format format, bool lenient = false) {
  LoadSource source;
  source.open = [text, format] {
    return text_input(text, "people." + std::string(name_of(format)));
  };
  source.options.format = format;
  source.options.lenient = lenient;
  return source;
}

Read read(const std::vector<LoadSource>& sources, std::size_t threads) {
  Read result;
  std::mutex mutex;
  SourceReader reader(sources, {});
  in_threads(threads, [&](std::size_t) {
    SharedLines sink(result.lines, mutex);
    reader.work(sink, [&](std::size_t source) { sink.source = source; });
  });
  result.skipped = reader.finish();
  std::sort(result.lines.begin(), result.lines.end());
  return result;
}

std::string error_of(const std::vector<LoadSource>& sources, std::size_t threads) {
  try {
    read(sources, threads);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// About 80 bytes a line; every `odd`th is written in a way that the line reader leaves to others.
std::string many_lines(std::size_t count, std::size_t odd) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "<http://ex.org/subject/" + std::to_string(i) + "> <http://ex.org/p> \"number " +
            std::to_string(i % 1000) + "\" ." + (i % odd == 0 ? " # odd" : "") + "\n";
  return text;
}

TEST_CASE("Sources give the same statements with one thread and with several") {
  const std::vector<LoadSource> sources{
      source_of("\xEF\xBB\xBF" + many_lines(40'000, 977), Format::NTriples),
      source_of("", Format::NTriples),
      source_of("@prefix : <http://ex.org/> . :a :b :c , \"d\" .", Format::Turtle),
      source_of(many_lines(20'000, 1'000'000) + "<urn:s> <urn:p> <urn:o> <urn:g> .",
                Format::NQuads)};
  const Read one = read(sources, 1);
  CHECK(one.lines.size() == 40'000 + 2 + 20'001);
  CHECK(std::binary_search(one.lines.begin(), one.lines.end(), "3 <urn:s><urn:p><urn:o><urn:g>"));
  for (const std::size_t threads : {2, 5})
    CHECK(read(sources, threads).lines == one.lines);
}

TEST_CASE("The first error in the order of the sources is told, with its place in the file") {
  const std::string good = many_lines(30'000, 997);  // more than two pieces
  const std::string text = good + "<urn:a> <urn:b> .\n" + good + "nonsense\n";
  for (const std::size_t threads : {1, 2, 4}) {
    CHECK(error_of({source_of(text, Format::NTriples)}, threads) ==
          "people.nt, line 30001, column 17: expected an IRI, a blank node or a string, found '.'");
    CHECK(error_of({source_of(good, Format::NTriples), source_of("\n\n  <a", Format::Turtle),
                    source_of(text, Format::NTriples)},
                   threads)
              .starts_with("people.ttl, line 3, column "));
  }
}

TEST_CASE("Lenient sources count what is wrong and tell the first ten in order") {
  std::string text;
  for (int i = 0; i < 12; ++i)
    text += many_lines(5'000, 1'000'000) + "bad" + std::to_string(i) + "\n";
  for (const std::size_t threads : {1, 3}) {
    const Read result = read({source_of(text, Format::NTriples, true),
                              source_of("<urn:a> <urn:b> .\n", Format::Turtle, true)},
                             threads);
    CHECK(result.lines.size() == 60'000);
    CHECK(result.skipped.count == 13);
    REQUIRE(result.skipped.first.size() == SkippedStatements::kShown);
    for (std::size_t i = 0; i < SkippedStatements::kShown; ++i)
      CHECK(result.skipped.first[i].starts_with("people.nt, line " +
                                                std::to_string(5001 * (i + 1)) + ", column 1: "));
  }
}

TEST_CASE("What a sink or an input throws ends the reading of all threads") {
  struct Full {};
  class FullSink : public StatementSink {
   public:
    void begin_source() override {}
    void add(const Statement&) override { throw Full(); }
  };
  const std::vector<LoadSource> sources{source_of(many_lines(30'000, 997), Format::NTriples)};
  SourceReader reader(sources, {});
  in_threads(3, [&](std::size_t) {
    FullSink sink;
    reader.work(sink, [](std::size_t) {});
  });
  CHECK_THROWS_AS(reader.finish(), Full);

  LoadSource missing = source_of("", Format::NTriples);
  missing.open = []() -> std::unique_ptr<Input> {
    throw Error(ErrorCode::NotFound, "people.nt: there is no such file");
  };
  CHECK(error_of({missing}, 2) == "people.nt: there is no such file");
}

TEST_CASE("A blank node is one node in all pieces of its source, and another in the next source") {
  std::string text =
      "_:x <urn:first> \"1\" .\n" + many_lines(40'000, 1'000'000) + "_:x <urn:last> \"2\" .\n";
  const std::vector<LoadSource> sources{source_of(text, Format::NTriples),
                                        source_of(text, Format::NTriples)};
  const StorePtr store = Store::in_memory({});
  BulkLoader loader(*store, {.threads = 3});
  loader.read(sources);
  const BulkLoadCounts counts = loader.finish();
  CHECK(counts.statements == 80'004);
  CHECK(counts.inserted == 40'004);
  const SnapshotPtr now = store->snapshot();
  const auto nodes_of = [&](const char* predicate) {
    const auto id = now->find({.kind = TermKind::Iri, .value = predicate});
    REQUIRE(id);
    QuadScan scan = now->scan(QuadOrder::Psog, QuadPattern{{kUnbound, *id, kUnbound, kUnbound}});
    QuadColumns rows;
    std::vector<TermId> nodes;
    while (scan.next(rows))
      nodes.insert(nodes.end(), rows.columns[1].begin(), rows.columns[1].end());
    return nodes;
  };
  const std::vector<TermId> first = nodes_of("urn:first");
  REQUIRE(first.size() == 2);
  CHECK(first[0] != first[1]);
  CHECK(first[0].is_blank());
  CHECK(first == nodes_of("urn:last"));
}

}  // namespace
}  // namespace tripten
