#include "load/term_merge.h"

#include <algorithm>
#include <string>

namespace tripten {
namespace {

constexpr std::uint64_t kCheckEvery = 1 << 16;  // terms between looks at the interrupt

struct Source {
  SortedPart* part;
  SortedPart::Terms terms;
};

bool is_after(const Source& a, const Source& b) {
  return a.terms.term() > b.terms.term();
}

}  // namespace

void number_terms(std::vector<SortedPart>& parts, GenerationBuilder& builder,
                  const Interrupt* interrupt) {
  std::vector<Source> sources;  // a heap, the lowest term on top
  for (SortedPart& part : parts)
    if (part.terms() != 0) sources.push_back({&part, SortedPart::Terms(part)});
  std::make_heap(sources.begin(), sources.end(), is_after);
  std::string latest;
  TermId id;
  for (std::uint64_t i = 0; !sources.empty(); ++i) {
    if (i % kCheckEvery == 0 && interrupt) interrupt->check();
    std::pop_heap(sources.begin(), sources.end(), is_after);
    Source& lowest = sources.back();
    const std::string_view term = lowest.terms.term();
    if (term != latest) {
      id = term.front() == kEncodedBlank ? TermId(IdKind::Blank, builder.reserve_blanks(1))
                                         : builder.add_term(term);
      latest = term;
    }
    lowest.part->add_id(id);
    lowest.terms.next();
    if (lowest.terms.at_end())
      sources.pop_back();
    else
      std::push_heap(sources.begin(), sources.end(), is_after);
  }
  for (SortedPart& part : parts)
    part.forget_terms();
}

}  // namespace tripten
