#include "query/exec/path_step.h"

#include <algorithm>

#include "tripten/error.h"

namespace tripten {

namespace {

constexpr std::size_t kDeepest = 200;

class Compiler {
 public:
  explicit Compiler(QueryTerms& terms) : terms_(terms) {}

  PathStep compile(const PropertyPath& path, bool inverse) {
    if (++depth_ > kDeepest)
      throw Error(ErrorCode::Invalid, "the property path is nested more than 200 levels deep");
    PathStep step = std::visit([&](const auto& node) { return of(node, inverse); }, path.node);
    --depth_;
    return step;
  }

 private:
  using Kind = PathStep::Kind;

  PathStep leaf(Kind kind, bool inverse) {
    PathStep step;
    step.kind = kind;
    step.inverse = inverse;
    step.leaf = leaves_++;
    return step;
  }
  TermId id(const Term& iri) { return terms_.intern(view_of(iri)); }

  PathStep of(const PathLink& link, bool inverse) {
    PathStep step = leaf(Kind::Link, inverse);
    step.predicate = id(link.iri);
    return step;
  }
  PathStep of(const PathInverse& path, bool inverse) { return compile(*path.path, !inverse); }

  PathStep of(const PathSequence& path, bool inverse) {
    PathStep step = many<PathSequence>(Kind::Sequence, path, inverse);
    if (inverse) std::reverse(step.parts.begin(), step.parts.end());
    return step;
  }
  PathStep of(const PathAlternative& path, bool inverse) {
    return many<PathAlternative>(Kind::Alternative, path, inverse);
  }
  /// All parts of (a/b)/(c/d), from left to right; long chains are no deep nesting.
  template <typename Whole>
  PathStep many(Kind kind, const Whole& whole, bool inverse) {
    PathStep step;
    step.kind = kind;
    std::vector<const PropertyPath*> waiting{&*whole.second, &*whole.first};
    while (!waiting.empty()) {
      const PropertyPath& path = *waiting.back();
      waiting.pop_back();
      if (const auto* inner = std::get_if<Whole>(&path.node)) {
        waiting.push_back(&*inner->second);
        waiting.push_back(&*inner->first);
      } else {
        step.parts.push_back(compile(path, inverse));
      }
    }
    return step;
  }

  PathStep closure(Kind kind, const PropertyPath& path, bool inverse) {
    PathStep step;
    step.kind = kind;
    step.parts.push_back(compile(path, inverse));
    return step;
  }
  PathStep of(const PathZeroOrMore& path, bool inverse) {
    return closure(Kind::ZeroOrMore, *path.path, inverse);
  }
  PathStep of(const PathOneOrMore& path, bool inverse) {
    return closure(Kind::OneOrMore, *path.path, inverse);
  }
  PathStep of(const PathZeroOrOne& path, bool inverse) {
    return closure(Kind::ZeroOrOne, *path.path, inverse);
  }

  PathStep negated(const std::vector<Term>& iris, bool inverse) {
    PathStep step = leaf(Kind::Negated, inverse);
    for (const Term& iri : iris)
      step.excluded.push_back(id(iri));
    std::sort(step.excluded.begin(), step.excluded.end());
    return step;
  }
  PathStep of(const PathNegatedSet& set, bool inverse) {
    if (set.inverse.empty()) return negated(set.forward, inverse);
    if (set.forward.empty()) return negated(set.inverse, !inverse);
    PathStep step;
    step.kind = Kind::Alternative;
    step.parts.push_back(negated(set.forward, inverse));
    step.parts.push_back(negated(set.inverse, !inverse));
    return step;
  }

  QueryTerms& terms_;
  std::size_t depth_ = 0;
  std::size_t leaves_ = 0;
};

}  // namespace

PathStep compile_path(const PropertyPath& path, bool inverse, QueryTerms& terms) {
  return Compiler(terms).compile(path, inverse);
}

bool can_be_empty(const PathStep& step) {
  switch (step.kind) {
    case PathStep::Kind::Link:
    case PathStep::Kind::Negated:
      return false;
    case PathStep::Kind::Sequence:
      return std::all_of(step.parts.begin(), step.parts.end(), can_be_empty);
    case PathStep::Kind::Alternative:
      return std::any_of(step.parts.begin(), step.parts.end(), can_be_empty);
    case PathStep::Kind::OneOrMore:
      return can_be_empty(step.parts[0]);
    case PathStep::Kind::ZeroOrMore:
    case PathStep::Kind::ZeroOrOne:
      return true;
  }
  return false;
}

std::uint64_t empty_walks(const PathStep& step, bool start_is_constant, bool end_is_constant) {
  switch (step.kind) {
    case PathStep::Kind::Link:
    case PathStep::Kind::Negated:
      return 0;
    case PathStep::Kind::Sequence: {
      // The ends of the parts in between are variables.
      std::uint64_t walks = 1;
      for (std::size_t i = 0; i < step.parts.size(); ++i)
        walks *= empty_walks(step.parts[i], i == 0 && start_is_constant,
                             i + 1 == step.parts.size() && end_is_constant);
      return walks;
    }
    case PathStep::Kind::Alternative: {
      std::uint64_t walks = 0;
      for (const PathStep& part : step.parts)
        walks += empty_walks(part, start_is_constant, end_is_constant);
      return walks;
    }
    case PathStep::Kind::OneOrMore:
      if (start_is_constant) return empty_walks(step.parts[0], true, false) > 0;
      return end_is_constant && empty_walks(step.parts[0], false, true) > 0;
    case PathStep::Kind::ZeroOrMore:
    case PathStep::Kind::ZeroOrOne:
      return start_is_constant || end_is_constant;
  }
  return 0;
}

}  // namespace tripten
