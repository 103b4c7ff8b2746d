// Queries over a small database: the optimiser changes how a query runs, never its answer.
//
// Queries whose answer is not determined are run, and not compared: random terms, LIMIT, sums of
// floating point numbers (their order decides the last digit).
#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/tripten.h"

#include "fuzz/fuzz.h"

namespace tripten {
namespace {

constexpr std::string_view kData = R"(
@prefix : <http://ex.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :p :b, :c ; :q 1, 2, "x" ; :name "Ann"@en .
:b :p :c ; :q 2, 03, 1.5 ; :name "Bob", "Ben"@en-GB .
:c :p :a, _:n ; :q "2020-01-01"^^xsd:date, "2020-01-01T00:00:00Z"^^xsd:dateTime, "x"^^xsd:integer .
_:n :p _:m ; :q true, 1e0 ; a :Class .
_:m :p _:n ; :q "" , "é"@fr .
:g { :a :p :b . :b :p :a ; :q 1 . _:k :p :a }
:h { :a :p :c . :c :p :d ; :q 7 }
)";

const Database& database() {
  static const Database built = [] {
    Database made = Database::in_memory({.block_rows = 4});
    made.load_text(kData, Format::TriG);
    return made;
  }();
  return built;
}

/// An answer: its rows in an order of their own; nothing where the query does not end well.
using Rows = std::optional<std::vector<std::string>>;

Rows rows_of(std::string_view text, bool optimise, std::size_t batch_rows) {
  constexpr std::size_t kMostRows = 20'000;
  QueryOptions options;
  options.optimise = optimise;
  options.batch_rows = batch_rows;
  options.memory_limit = std::size_t{64} << 20;
  options.timeout = std::chrono::seconds(2);
  std::vector<std::string> rows;
  bool is_whole = true;
  const bool is_answered = succeeds([&] {
    Result result = database().query(text, options);
    for (const Row& row : result) {
      std::string& line = rows.emplace_back();
      for (std::size_t i = 0; i < row.size(); ++i)
        line += row[i].to_string() + ' ';
      if (rows.size() == kMostRows) {
        is_whole = false;
        break;
      }
    }
  });
  if (!is_answered || !is_whole) return std::nullopt;
  std::sort(rows.begin(), rows.end());
  return rows;
}

bool is_determined(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto holds = [&](std::string_view word) { return upper.find(word) != std::string::npos; };
  constexpr std::array kRandom{"RAND",   "UUID",   "NOW",       "BNODE",    "SAMPLE", "LIMIT",
                               "OFFSET", "GROUP_", "CONSTRUCT", "DESCRIBE", "\\U",    "SUM",
                               "AVG",    "{{",     "REDUCED",   "SERVICE"};
  return std::none_of(kRandom.begin(), kRandom.end(), holds);
}

}  // namespace

void fuzz_evaluation(std::string_view text) {
  const Rows fast = rows_of(text, true, 1024);
  const Rows plain = rows_of(text, false, 2);
  if (!fast || !plain || !is_determined(text)) return;
  if (*fast == *plain) return;
  std::string what = "with the optimiser:\n";
  for (const std::string& row : *fast)
    what += row + '\n';
  what += "without:\n";
  for (const std::string& row : *plain)
    what += row + '\n';
  throw PropertyBroken(what);
}

}  // namespace tripten
