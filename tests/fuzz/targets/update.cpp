// Updates: what SPARQL allows is understood leniently too.
#include <string_view>
#include <variant>

#include "fuzz/fuzz.h"
#include "fuzz/parsed.h"
#include "query/parse/parse.h"

namespace tripten {

void fuzz_update(std::string_view text) {
  Update lenient, strict;
  const bool is_lenient = succeeds([&] { lenient = parse_update(text, {}); });
  const bool is_strict = succeeds(
      [&] { strict = parse_update(text, {.base = {}, .strict = true, .parameters = {}}); });
  for (const UpdateOperation& operation : lenient.operations)
    if (const auto* modify = std::get_if<Modify>(&operation.node)) checked_print(modify->pattern);
  if (!is_strict) return;
  expect(is_lenient, "understood strictly, not leniently");
  expect(strict.operations.size() == lenient.operations.size(),
         "strict and lenient reading differ");
  expect(strict.leniencies.empty() && lenient.leniencies.empty(),
         "standard SPARQL is called lenient");
}

}  // namespace tripten
