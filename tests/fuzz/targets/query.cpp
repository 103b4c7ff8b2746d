// Queries: what SPARQL allows is understood leniently too, and the same; expressions are printed
// as what they were.
#include <string_view>

#include "fuzz/fuzz.h"
#include "fuzz/parsed.h"
#include "query/parse/parse.h"

namespace tripten {

void fuzz_query(std::string_view text) {
  Query lenient, strict;
  const bool is_lenient = succeeds([&] { lenient = parse_query(text, {}); });
  const bool is_strict =
      succeeds([&] { strict = parse_query(text, {.base = {}, .strict = true, .parameters = {}}); });
  if (is_lenient) checked_print(lenient.pattern);
  if (!is_strict) return;
  expect(is_lenient, "understood strictly, not leniently");
  expect(strict.pattern == lenient.pattern, "strict and lenient reading differ");
  expect(strict.leniencies.empty() && lenient.leniencies.empty(),
         "standard SPARQL is called lenient");
}

}  // namespace tripten
