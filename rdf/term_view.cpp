// Terms ↔ views of their bytes.
#include "rdf/statement.h"
#include "rdf/vocabulary.h"

namespace tripten {
TermView view_of(const Term& term) {
  TermView view{.kind = term.kind(), .value = term.value()};
  if (!term.is_literal()) return view;
  view.language = term.language();
  if (view.language.empty() && term.datatype() != kXsdString) view.datatype = term.datatype();
  return view;
}

Term term_of(const TermView& view) {
  switch (view.kind) {
    case TermKind::Unbound:
      return {};
    case TermKind::Blank:
      return Term::blank(view.value);
    case TermKind::Iri:
      return Term::iri(view.value);
    case TermKind::Literal:
      break;
  }
  if (!view.language.empty()) return Term::tagged(view.value, view.language);
  return view.datatype.empty() ? Term::literal(view.value) : Term::typed(view.value, view.datatype);
}

}  // namespace tripten
