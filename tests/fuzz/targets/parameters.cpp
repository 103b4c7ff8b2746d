// Placeholders: the first line is the value of {{x}}, the rest a query. Whatever the value, the
// query stays what it is: its algebra has the same nodes at the same places as with values that
// nobody would doubt.
#include <string>
#include <string_view>

#include "fuzz/fuzz.h"
#include "fuzz/parsed.h"
#include "query/parse/parse.h"

namespace tripten {

void fuzz_parameters(std::string_view input) {
  const std::size_t line_end = std::min(input.find('\n'), input.size());
  const std::string_view text = input.substr(std::min(line_end + 1, input.size()));
  const auto parse = [&](std::string_view value, Query& query) {
    ParseOptions options;
    options.parameters.emplace("x", value);
    return succeeds([&] { query = parse_query(text, options); });
  };
  Query query, harmless;
  if (!parse(input.substr(0, line_end), query)) return;
  checked_print(query.pattern);
  for (const std::string_view value : {"word", "7", "<http://ex.org/x>"})
    if (parse(value, harmless))
      expect(shape_of(query.pattern) == shape_of(harmless.pattern),
             "the value has changed what the query is");
}

}  // namespace tripten
