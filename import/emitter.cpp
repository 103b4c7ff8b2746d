// A statement that is made once is known by 128 bits of hash: a collision would lose a statement,
// and with 10^9 of them its chance is below 10^-20.
#include "import/emitter.h"

#include <xxhash.h>

namespace tripten {

namespace {

TermView iri(std::string_view text) {
  return {.kind = TermKind::Iri, .value = text};
}
TermView literal(std::string_view text) {
  return {.kind = TermKind::Literal, .value = text};
}

}  // namespace

void Emitter::statement(const TermView& subject, std::string_view predicate,
                        const TermView& object) {
  sink_.add({.subject = subject, .predicate = iri(predicate), .object = object, .graph = {}});
}

void Emitter::link(std::string_view subject, std::string_view predicate, std::string_view object) {
  statement(iri(subject), predicate, iri(object));
}

void Emitter::text(std::string_view subject, std::string_view predicate, std::string_view lexical) {
  statement(iri(subject), predicate, literal(lexical));
}

void Emitter::english(std::string_view subject, std::string_view predicate,
                      std::string_view lexical) {
  statement(iri(subject), predicate,
            {.kind = TermKind::Literal, .value = lexical, .datatype = {}, .language = "en"});
}

void Emitter::typed(std::string_view subject, std::string_view predicate, std::string_view lexical,
                    std::string_view datatype) {
  statement(iri(subject), predicate,
            {.kind = TermKind::Literal, .value = lexical, .datatype = datatype, .language = {}});
}

bool Emitter::is_new(std::string_view subject, std::string_view predicate, const TermView& object) {
  std::string bytes;
  bytes.reserve(subject.size() + predicate.size() + object.value.size() + 3);
  bytes.append(subject).append(1, '\0').append(predicate).append(1, '\0');
  bytes.append(1, object.kind == TermKind::Iri ? 'i' : 't').append(object.value);
  XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return written_.insert({hash.low64, hash.high64}).second;
}

bool Emitter::link_once(std::string_view subject, std::string_view predicate,
                        std::string_view object) {
  if (!is_new(subject, predicate, iri(object))) return false;
  link(subject, predicate, object);
  return true;
}

bool Emitter::text_once(std::string_view subject, std::string_view predicate,
                        std::string_view lexical) {
  if (!is_new(subject, predicate, literal(lexical))) return false;
  text(subject, predicate, lexical);
  return true;
}

}  // namespace tripten
