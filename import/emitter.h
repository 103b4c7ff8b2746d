// Emitter: statements from texts, in a line each, with the facts about shared things written once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "rdf/statement.h"

namespace tripten {

class Emitter {
 public:
  explicit Emitter(StatementSink& sink) : sink_(sink) {}

  void begin_source() { sink_.begin_source(); }

  void link(std::string_view subject, std::string_view predicate, std::string_view object);
  void text(std::string_view subject, std::string_view predicate, std::string_view lexical);
  void english(std::string_view subject, std::string_view predicate, std::string_view lexical);
  void typed(std::string_view subject, std::string_view predicate, std::string_view lexical,
             std::string_view datatype);
  void statement(const TermView& subject, std::string_view predicate, const TermView& object);

  /// link() and text() for what many files say of one gene, paper or concept: repetitions within
  /// the import are dropped here, before they are numbered and sorted. True the first time.
  bool link_once(std::string_view subject, std::string_view predicate, std::string_view object);
  bool text_once(std::string_view subject, std::string_view predicate, std::string_view lexical);

 private:
  bool is_new(std::string_view subject, std::string_view predicate, const TermView& object);

  struct Digest {
    std::uint64_t low = 0, high = 0;
    friend bool operator==(const Digest&, const Digest&) = default;
  };
  struct DigestHash {
    std::size_t operator()(const Digest& digest) const { return digest.low; }
  };

  StatementSink& sink_;
  std::unordered_set<Digest, DigestHash> written_{};  // 128 bits of every statement made once
};

}  // namespace tripten
