// Completion: what may be typed next in a query or an update, from the grammar and from the data.
//
//   const auto completion = db.snapshot().complete("SELECT * { ?f schema:me", 23);
//   // {.from = 13, .length = 9, .proposals = {{"schema:mentions", ..., 1204553, "predicate"}}}
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tripten {

enum class ProposalKind : std::uint8_t {
  Keyword,    ///< A word or a sign of the grammar: `OPTIONAL`.
  Function,   ///< A built-in function, its bracket included: `STRLEN(`.
  Variable,   ///< One that stands elsewhere in the text: `?gene`.
  Prefix,     ///< A prefix with its colon: `schema:`.
  Predicate,  ///< Of the data, as a prefixed name or an IRI: `schema:mentions`.
  Class,      ///< An object of rdf:type in the data.
  Graph,      ///< A named graph of the data.
  Entity,     ///< Any other IRI of the data: `ncbigene:5728`.
  Literal     ///< A value of the data: `"PTEN"@en`, `2021`.
};

struct Proposal {
  std::string text{};   ///< What replaces the typed part, as SPARQL writes it.
  std::string label{};  ///< What it is called, for people; empty where nothing is known.
  /// How often the data has it in this place: quads of a predicate, instances of a class, or
  /// solutions with a value; 0 where nobody counted.
  std::uint64_t count = 0;
  bool estimated = false;  ///< The count comes from a sample.
  ProposalKind kind = ProposalKind::Keyword;

  friend bool operator==(const Proposal&, const Proposal&) = default;
};

/// Proposals, the likeliest first, for the bytes [from, from + length) of the text, which end at
/// the cursor.
struct Completion {
  std::size_t from = 0, length = 0;
  std::vector<Proposal> proposals{};
  bool complete = true;  ///< The time or the number ended the search: there may be more.
};

struct CompletionOptions {
  std::map<std::string, std::string> prefixes{};  ///< Prefix → IRI, besides those in the text.
  bool strict = false;     ///< The known prefixes are proposed only where the text declares them.
  std::size_t most = 200;  ///< Proposals.
  /// For looking into the data; what was found till then is proposed.
  std::chrono::milliseconds time{15};
};

}  // namespace tripten
