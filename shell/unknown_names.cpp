#include "shell/unknown_names.h"

#include <string>

#include "shell/report_error.h"

namespace tripten::shell {

void note_unknown_names(const Result& result, const Snapshot& data, std::string_view text,
                        const QueryOptions& options, std::string_view source) {
  if (result.rows_read() > 0 || result.is_boolean()) return;
  for (const std::string& name : data.unknown_names(text, options))
    report_note(source.empty() ? name : std::string(source) + ": " + name);
}

}  // namespace tripten::shell
