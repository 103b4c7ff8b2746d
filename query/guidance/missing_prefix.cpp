#include "query/guidance/missing_prefix.h"

#include <cctype>
#include <vector>

#include <fmt/format.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "query/guidance/proposals.h"
#include "query/guidance/sparql_names.h"

namespace tripten {

namespace {

bool is_word_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// The text from a line and column on.
std::string_view text_at(std::string_view text, Position place) {
  for (int line = 1; line < place.first; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.substr(code_point_offset(line, static_cast<std::size_t>(place.second - 1)));
}

}  // namespace

std::optional<std::string> word_without_prefix(const Error& error, std::string_view text,
                                               int first_line) {
  const std::string_view message = error.what();
  const bool wants_name = message.find("an IRI") != std::string_view::npos &&
                          message.find("found '") != std::string_view::npos &&
                          !message.ends_with(")");
  if (error.code != ErrorCode::Syntax || !error.position || !wants_name) return std::nullopt;
  const std::string_view rest =
      text_at(text, {error.position->first - first_line + 1, error.position->second});
  std::size_t end = 0;
  while (end < rest.size() && is_word_byte(rest[end]))
    ++end;
  if (end < 2 || std::isalpha(static_cast<unsigned char>(rest[0])) == 0) return std::nullopt;
  return std::string(rest.substr(0, end));
}

std::string did_you_mean_name(std::string_view word, const DataSummary& summary) {
  const SparqlNames names = SparqlNames::with_known({});
  std::vector<std::string> locals;
  std::vector<const CountedName*> owners;
  for (const auto* known : {&summary.predicates, &summary.classes})
    for (const CountedName& name : *known) {
      locals.emplace_back(local_name(name.iri));
      owners.push_back(&name);
      if (locals.back().size() == word.size() && begins_like(locals.back(), word))
        return fmt::format(" (did you mean {}?)", names.iri_text(name.iri));
    }
  const std::optional<std::string> near = nearest_name(word, locals);
  if (!near) return {};
  for (std::size_t i = 0; i < locals.size(); ++i)
    if (locals[i] == *near)
      return fmt::format(" (did you mean {}?)", names.iri_text(owners[i]->iri));
  return {};
}

}  // namespace tripten
