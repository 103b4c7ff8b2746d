// Terms through the store: exactly the same ones come back, by whichever way they came.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "rdf/term_codec.h"
#include "storage/checksum.h"
#include "storage/generation_builder.h"
#include "storage/store.h"
#include "storage/term_block.h"
#include "tests/unit/storage/store_model.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

using namespace std::string_literals;

constexpr auto kXsd = "http://www.w3.org/2001/XMLSchema#";

/// Terms that are easily confused, cut or lost.
std::vector<Term> nasty_terms() {
  const std::string xsd = kXsd;
  std::vector<Term> terms{
      Term::iri(""),
      Term::iri("http://ex.org/"),
      Term::iri("http://ex.org/a"),
      Term::literal(""),
      Term::literal("a"),
      Term::literal("a\0b"s),
      Term::literal("\0"s),
      Term::literal("\0\0"s),
      Term::literal("http://ex.org/a"),
      Term::literal("Grüße, 世界 \U0001F9EC"),
      Term::literal("\xff\xfe not UTF-8"),
      Term::literal("line\nbreak \"quoted\" \\"),
      Term::tagged("a", "en"),
      Term::tagged("a", "EN"),
      Term::tagged("a", "en-GB"),
      Term::tagged("", "de"),
      Term::tagged("a\0b"s, "en"),
      Term::typed("01", xsd + "integer"),
      Term::typed("1", xsd + "integer"),
      Term::typed("+1", xsd + "integer"),
      Term::typed("1", xsd + "int"),
      Term::typed("1.0", xsd + "decimal"),
      Term::typed("1.00", xsd + "decimal"),
      Term::typed("1", xsd + "boolean"),
      Term::typed("true", xsd + "boolean"),
      Term::typed("NaN", xsd + "double"),
      Term::typed("not a number", xsd + "double"),
      Term::typed("99999999999999999999999999", xsd + "integer"),
      Term::typed("a\0"s, "http://ex.org/type"),
      Term::typed("", "http://ex.org/type"),
      Term::literal(std::string(3'000'000, 'x')),
      Term::literal(std::string(3'000'000, 'x') + "y"),
      Term::iri("http://ex.org/" + std::string(100'000, 'i')),
  };
  std::mt19937 random(21);
  for (int i = 0; i < 2000; ++i)
    terms.push_back(Term::iri("http://ex.org/item/" + std::to_string(random() % 1'000'000)));
  for (int i = 0; i < 300; ++i)
    terms.push_back(Term::literal(std::string(random() % 3000, static_cast<char>(random() % 256))));
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

/// The ids of terms that come by a transaction.
std::vector<TermId> intern_all(Store& store, const std::vector<Term>& terms) {
  const auto transaction = store.begin();
  std::vector<TermId> ids;
  for (const Term& term : terms) {
    ids.push_back(transaction->intern(view_of(term)));
    REQUIRE(transaction->find(view_of(term)) == ids.back());
    REQUIRE(transaction->intern(view_of(term)) == ids.back());
    transaction->insert({{ids.front(), ids.front(), ids.back(), kDefaultGraph}});
  }
  for (std::size_t i = 0; i < terms.size(); ++i)
    REQUIRE(transaction->term(ids[i]) == terms[i]);
  transaction->commit();
  return ids;
}

/// The same by a load.
void load_all(Store& store, const std::vector<Term>& terms) {
  std::vector<std::string> encoded;
  const auto snapshot = store.snapshot();
  for (const Term& term : terms) {
    encoded.emplace_back();
    append_encoded(view_of(term), encoded.back());
  }
  std::sort(encoded.begin(), encoded.end());
  const auto builder = store.build_generation();
  TermId last{};
  for (const std::string& one : encoded) {
    const TermId id = builder->add_term(one);
    REQUIRE(id.kind() == static_cast<IdKind>(one[0]));
    last = id;
  }
  for (int order = 0; order < kQuadOrders; ++order)
    builder->add_quads(static_cast<QuadOrder>(order), [](std::vector<Quad>&) { return false; });
  builder->commit();
}

void require_terms(const StoreView& view, const std::vector<Term>& terms) {
  for (const Term& term : terms) {
    const auto id = view.find(view_of(term));
    REQUIRE(id);
    REQUIRE(view.term(*id) == term);
  }
}

/// Many ids at once, in some order and some of them twice, against one by one.
void require_batches(const StoreView& view, std::vector<TermId> ids) {
  std::erase_if(ids, [](TermId id) { return !id.in_dictionary(); });
  ids.insert(ids.end(), ids.begin(), ids.begin() + static_cast<long>(ids.size() / 2));
  std::mt19937 random(22);
  EncodedTerms terms;
  terms.add("what was there before");
  for (const bool sorted : {true, false}) {
    if (sorted)
      std::sort(ids.begin(), ids.end());
    else
      std::shuffle(ids.begin(), ids.end(), random);
    view.encoded_terms(ids, terms);
    REQUIRE(terms.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      std::string one;
      view.append_encoded_term(ids[i], one);
      REQUIRE(terms[i] == one);
    }
    const std::size_t all = terms.bytes();
    view.encoded_terms(ids, terms, all / 2);
    REQUIRE(terms.size() < ids.size());
    REQUIRE(terms.bytes() >= all / 2);
    std::string last;
    view.append_encoded_term(ids[terms.size() - 1], last);
    REQUIRE(terms[terms.size() - 1] == last);
  }
  view.encoded_terms({}, terms);
  CHECK(terms.size() == 0);
}

TEST_CASE("Many terms at once are those that come one by one") {
  const test::TemporaryFolder folder;
  const auto terms = nasty_terms();
  const std::size_t half = terms.size() / 2;
  StorePtr store = Store::open(folder / "db", {.sync = false, .cache_bytes = 1 << 20});
  load_all(*store, {terms.begin(), terms.begin() + static_cast<long>(half)});
  const auto transaction = store->begin();
  std::vector<TermId> ids;
  for (const Term& term : terms)
    ids.push_back(transaction->intern(view_of(term)));
  require_batches(*transaction, ids);
  for (const TermId id : ids)
    transaction->insert({{ids.front(), ids.front(), id, kDefaultGraph}});
  transaction->commit();
  require_batches(*store->snapshot(), ids);
  EncodedTerms none;
  CHECK_THROWS_AS(store->snapshot()->encoded_terms(
                      std::vector{TermId(IdKind::Iri, std::uint64_t{1} << 40)}, none),
                  Error);
}

TEST_CASE("Prefixes and intervals of terms are ranges of ids") {
  const test::TemporaryFolder folder;
  const auto terms = nasty_terms();
  const std::size_t third = terms.size() / 3;
  StorePtr store = Store::open(folder / "db", {.sync = false, .cache_bytes = 1 << 20});
  std::vector<Term> odd;
  for (std::size_t i = 1; i < 2 * third; i += 2)
    odd.push_back(terms[i]);
  load_all(*store, odd);
  load_all(*store, {terms.begin(), terms.begin() + static_cast<long>(2 * third)});
  const auto ids = intern_all(*store, terms);
  const auto view = store->snapshot();
  std::mt19937 random(23);
  std::size_t answered = 0, meant = 0;
  for (int round = 0; round < 200; ++round) {
    std::string low, high, text;
    append_encoded(view_of(terms[random() % terms.size()]), low);
    append_encoded(view_of(terms[random() % terms.size()]), high);
    const auto kind = static_cast<IdKind>(low[0]);
    low.erase(0, 1);
    high.erase(0, 1);
    if (round % 2) low.resize(random() % (low.size() + 1));
    if (round % 10 == 0) high.clear();
    const TermRanges between = view->ids_between(kind, low, high);
    const TermRanges prefixed = view->ids_with_prefix(kind, low);
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (ids[i].kind() != kind) continue;
      text.clear();
      append_encoded(view_of(terms[i]), text);
      text.erase(0, 1);
      const bool is_between = low <= text && (high.empty() || text < high);
      const bool is_prefixed = text.starts_with(low);
      const InRange first = between.find(ids[i]), second = prefixed.find(ids[i]);
      if (first != InRange::LookAtTerm) REQUIRE((first == InRange::Yes) == is_between);
      if (second != InRange::LookAtTerm) REQUIRE((second == InRange::Yes) == is_prefixed);
      answered += second != InRange::LookAtTerm;
      meant += second == InRange::Yes;
      // All terms of the loads are answered for, those of the transaction are not.
      const bool is_of_a_load = i < 2 * third;
      REQUIRE((first != InRange::LookAtTerm) == is_of_a_load);
    }
  }
  CHECK(answered > 1000);
  CHECK(meant > 100);
}

TEST_CASE("Terms of a transaction come back exactly, also after reopening") {
  const test::TemporaryFolder folder;
  const auto terms = nasty_terms();
  const StoreOptions options{.sync = false, .cache_bytes = 1 << 20};
  StorePtr store = Store::open(folder / "db", options);
  const auto ids = intern_all(*store, terms);
  store.reset();
  store = Store::open(folder / "db", options);
  const auto snapshot = store->snapshot();
  for (std::size_t i = 0; i < terms.size(); ++i) {
    REQUIRE(snapshot->find(view_of(terms[i])) == ids[i]);
    REQUIRE(snapshot->term(ids[i]) == terms[i]);
  }
  CHECK_FALSE(snapshot->find(view_of(Term::iri("http://ex.org/unknown"))));
  store->verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("Terms of a load come back exactly, also after reopening") {
  const test::TemporaryFolder folder;
  auto terms = nasty_terms();
  const StoreOptions options{.sync = false, .cache_bytes = 1 << 20};
  StorePtr store = Store::open(folder / "db", options);
  load_all(*store, terms);
  store.reset();
  store = Store::open(folder / "db", options);
  require_terms(*store->snapshot(), terms);
  CHECK_FALSE(store->snapshot()->find(view_of(Term::iri("http://ex.org/unknown"))));
  store->verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("A term keeps its id whichever way it comes again") {
  const StorePtr store = Store::in_memory({});
  const auto terms = nasty_terms();
  const std::vector<Term> half(terms.begin(), terms.begin() + 1000);
  intern_all(*store, half);
  std::vector<TermId> ids;
  for (const Term& term : half)
    ids.push_back(*store->snapshot()->find(view_of(term)));
  load_all(*store, terms);
  const auto count = store->statistics().terms;
  load_all(*store, terms);
  intern_all(*store, terms);
  CHECK(store->statistics().terms == count);
  for (std::size_t i = 0; i < half.size(); ++i)
    REQUIRE(store->snapshot()->find(view_of(half[i])) == ids[i]);
  require_terms(*store->snapshot(), terms);
  store->verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("The ids of one load are in the order of the encoded terms") {
  const StorePtr store = Store::in_memory({});
  const auto terms = nasty_terms();
  load_all(*store, terms);
  std::vector<std::pair<std::string, std::uint64_t>> entries;
  for (const Term& term : terms) {
    const TermId id = *store->snapshot()->find(view_of(term));
    if (!id.in_dictionary()) continue;
    entries.emplace_back("", id.payload());
    store->snapshot()->append_encoded_term(id, entries.back().first);
  }
  std::sort(entries.begin(), entries.end());
  for (std::size_t i = 0; i + 1 < entries.size(); ++i)
    REQUIRE(entries[i].second < entries[i + 1].second);
}

TEST_CASE("An id that the dictionary does not have is damage") {
  const StorePtr store = Store::in_memory({});
  std::string out;
  CHECK_THROWS_AS(store->snapshot()->append_encoded_term(TermId(IdKind::Iri, 5), out), Error);
}

TEST_CASE("Blank nodes are found by the label that term() gives, and only those") {
  const StorePtr store = Store::in_memory({});
  auto transaction = store->begin();
  const TermId first = transaction->fresh_blank(), second = transaction->fresh_blank();
  CHECK(first != second);
  transaction->insert(
      {{first, transaction->intern(view_of(Term::iri("p"))), second, kDefaultGraph}});
  transaction->commit();
  transaction.reset();
  const auto snapshot = store->snapshot();
  CHECK(snapshot->find(view_of(snapshot->term(first))) == first);
  CHECK(snapshot->find(view_of(snapshot->term(second))) == second);
  for (const auto* label : {"", "b", "b2", "b01", "x0", "b-1", "b0x", "b99999999999999999999"})
    CHECK_FALSE(snapshot->find(view_of(Term::blank(label))));
  CHECK(store->begin()->fresh_blank() != first);
}

TEST_CASE("A hostile term block with a right checksum is refused or read inside its bytes") {
  std::mt19937 random(22);
  for (int round = 0; round < 3000; ++round) {
    TermBlockWriter writer;
    std::vector<std::string> terms;
    for (auto count = random() % 40 + 1; count > 0; --count)
      terms.push_back("\2http://ex.org/" + std::to_string(random() % 100000));
    std::sort(terms.begin(), terms.end());
    for (const std::string& term : terms)
      writer.add(term);
    std::string bytes = writer.finish();
    bytes.resize(bytes.size() - 8);
    for (auto changes = random() % 3 + 1; changes > 0; --changes)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    append_checksum(bytes);
    try {
      const TermBlock block(bytes);
      std::size_t size = 0;
      for (std::size_t i = 0; i < block.terms(); ++i)
        size += block.term(i).size();
      REQUIRE(size <= block.memory());
    } catch (const Error& error) {
      REQUIRE(error.code == ErrorCode::Corrupt);
    }
  }
}

}  // namespace
}  // namespace tripten
