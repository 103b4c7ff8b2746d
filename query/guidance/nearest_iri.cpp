#include "query/guidance/nearest_iri.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/letter_case.h"
#include "base/nearest.h"
#include "query/guidance/proposals.h"

namespace tripten {

namespace {

/// Without what is easily mistaken: the scheme, `www.`, capitals, marks at the end, and which mark
/// divides the name from its namespace.
std::string simplified(std::string_view iri) {
  for (const std::string_view start : {"https://", "http://"})
    if (begins_like(iri, start)) {
      iri.remove_prefix(start.size());
      break;
    }
  if (begins_like(iri, "www.")) iri.remove_prefix(4);
  while (!iri.empty() && (iri.back() == '/' || iri.back() == '#'))
    iri.remove_suffix(1);
  std::string out = to_ascii_lower(iri);
  std::replace(out.begin(), out.end(), '#', '/');
  std::replace(out.begin(), out.end(), ':', '/');
  return out;
}

/// In what two IRIs differ that are the same when simplified; empty where it shows by itself.
std::string difference(std::string_view typed, std::string_view known) {
  if (typed.starts_with("https:") && known.starts_with("http:"))
    return ", with http: and not https:";
  if (typed.starts_with("http:") && known.starts_with("https:"))
    return ", with https: and not http:";
  const auto is_mark = [](char c) { return c == '/' || c == '#'; };
  if (typed.size() == known.size() + 1 && typed.starts_with(known) && is_mark(typed.back()))
    return fmt::format(", without {} at the end", typed.back());
  if (known.size() == typed.size() + 1 && known.starts_with(typed) && is_mark(known.back()))
    return fmt::format(", with {} at the end", known.back());
  return {};
}

std::string question(std::string_view typed, std::string_view known, const SparqlNames& written) {
  // A prefixed name would hide what differs.
  const std::string detail = difference(typed, known);
  const SparqlNames plain((Prefixes()));
  return fmt::format(" (did you mean {}{}?)",
                     detail.empty() ? written.iri_text(known) : plain.iri_text(known), detail);
}

bool is_in_use(const StoreView& view, TermId id) {
  return view.count(QuadPattern{{id, kUnbound, kUnbound, kUnbound}}) > 0 ||
         view.count(QuadPattern{{kUnbound, kUnbound, id, kUnbound}}) > 0;
}

}  // namespace

std::string did_you_mean_iri(std::string_view iri, const std::vector<CountedName>& names,
                             const SparqlNames& written) {
  constexpr std::size_t kMostCompared = 5'000;
  const std::string simple = simplified(iri);
  for (const CountedName& name : names)
    if (simplified(name.iri) == simple) return question(iri, name.iri, written);
  const auto same_space = [&](const CountedName& name) {
    return simplified(namespace_of(name.iri)) == simplified(namespace_of(iri));
  };
  // The same namespace first; then the same name, or nearly, in another one.
  for (const bool same : {true, false}) {
    std::vector<std::string> locals;
    std::vector<const CountedName*> owners;
    for (const CountedName& name : names)
      if (same_space(name) == same && locals.size() < kMostCompared) {
        locals.emplace_back(local_name(name.iri));
        owners.push_back(&name);
      }
    if (const std::optional<std::string> near = nearest_name(local_name(iri), locals)) {
      const auto at = std::find(locals.begin(), locals.end(), *near) - locals.begin();
      return question(iri, owners[static_cast<std::size_t>(at)]->iri, written);
    }
  }
  return {};
}

std::string did_you_mean_entity(std::string_view iri, const StoreView& view,
                                const SparqlNames& written) {
  const std::string text(iri);
  const std::string space(namespace_of(iri)), local(local_name(iri));
  std::vector<std::string> others;
  const auto add = [&](std::string other) {
    if (other != iri) others.push_back(std::move(other));
  };
  const std::string upper = to_ascii_upper(local), lower = to_ascii_lower(local);
  std::vector<std::string> spaces{space};
  if (!space.empty())
    for (const char mark : {'/', '#', ':'})
      spaces.push_back(space.substr(0, space.size() - 1) + mark);
  for (const std::string& begin : spaces)
    for (const std::string& name : {local, upper, lower})
      add(begin + name);
  if (text.ends_with('/') || text.ends_with('#')) add(text.substr(0, text.size() - 1));
  for (const char mark : {'/', '#'})
    add(text + mark);
  std::vector<std::string> same_scheme = others;
  same_scheme.insert(same_scheme.begin(), text);
  for (const std::string& other : same_scheme) {
    if (other.starts_with("https://")) add("http://" + other.substr(8));
    if (other.starts_with("http://")) add("https://" + other.substr(7));
  }
  for (const std::string& other : others)
    if (const auto id = view.find(view_of(Term::iri(other))); id && is_in_use(view, *id))
      return question(iri, other, written);
  return {};
}

}  // namespace tripten
