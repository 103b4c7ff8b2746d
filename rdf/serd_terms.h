// SerdTerms: serd's nodes as terms. It keeps what a text declares (base, prefixes) and gives blank
// nodes labels that do not collide.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <serd/serd.h>

#include "tripten/error.h"

#include "rdf/statement.h"

namespace tripten {

/// Why a node is no term, and the text to look for where it stands.
struct TermProblem {
  std::string what;
  std::string text;
};

class SerdTerms {
 public:
  /// `generates`: serd makes blank nodes of its own (not in N-Triples and N-Quads).
  SerdTerms(std::string base, bool generates) : base_(std::move(base)), generates_(generates) {}

  /// These throw TermProblem.
  void set_base(const SerdNode& iri);
  void set_prefix(const SerdNode& name, const SerdNode& iri);
  /// The view lives as long as the node and `scratch` do. A null node is unbound.
  TermView view(const SerdNode* node, std::string& scratch);
  TermView literal(const SerdNode& node, const SerdNode* datatype, const SerdNode* language,
                   std::string& scratch);

  /// serd counts its blank nodes from 1 again; their labels go on.
  void restart_generated() { generated_before_ = generated_; }

 private:
  std::string_view iri(const SerdNode& node, std::string& scratch) const;
  std::string_view expanded(std::string_view name, std::string& scratch) const;
  std::string_view label(std::string_view text, std::string& scratch);

  std::string base_;
  bool generates_;
  std::map<std::string, std::string, std::less<>> prefixes_{};
  std::uint64_t generated_ = 0, generated_before_ = 0;
};

}  // namespace tripten
