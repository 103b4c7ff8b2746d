#include "w3c/quads.h"

#include <algorithm>

#include "base/input.h"
#include "rdf/reader.h"
#include "rdf/writer.h"

namespace tripten {

namespace {

class QuadCollector : public StatementSink {
 public:
  explicit QuadCollector(Quads& quads) : quads_(quads) {}
  void begin_source() override {}
  void add(const Statement& statement) override {
    quads_.push_back({term_of(statement.subject), term_of(statement.predicate),
                      term_of(statement.object), term_of(statement.graph)});
  }

 private:
  Quads& quads_;
};

Quads read_input(Input& input, Format format, const std::string& base) {
  Quads quads;
  QuadCollector sink(quads);
  read_rdf(input, {.format = format, .base = base}, sink);
  std::sort(quads.begin(), quads.end());
  quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
  return quads;
}

}  // namespace

Quads read_quads(const std::filesystem::path& file, const std::string& base) {
  return read_input(*open_input(file), format_of_file(file), base);
}

Quads read_quads(std::string text, Format format, const std::string& base) {
  return read_input(*text_input(std::move(text), "text"), format, base);
}

std::string nquads_of(const Quads& quads) {
  std::string text;
  for (const Quad& quad : quads) {
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      if (!*term) continue;
      append_ntriples(view_of(*term), text);
      text += ' ';
    }
    text += ".\n";
  }
  return text;
}

}  // namespace tripten
