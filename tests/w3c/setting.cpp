#include "w3c/setting.h"

#include <algorithm>

#include "base/input.h"

namespace tripten {

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;

/// Through the bulk loader: one call a graph, each into a new generation.
void load_base(Database& db, const SuiteFolder& folder, const std::vector<GraphFile>& files) {
  for (const GraphFile& file : files) {
    LoadOptions options;
    if (!file.graph.empty()) options.graph = Term::iri(file.graph);
    options.base = file.file;
    db.load({folder.file_of(file.file)}, options);
  }
}

}  // namespace

Quads dataset_of(const SuiteFolder& folder, const std::vector<GraphFile>& files) {
  Quads all;
  for (std::size_t i = 0; i < files.size(); ++i) {
    Quads quads = read_quads(folder.file_of(files[i].file), files[i].file);
    for (Quad& quad : quads) {
      for (Term* term : {&quad.subject, &quad.object, &quad.graph})
        if (term->is_blank()) *term = Term::blank("f" + std::to_string(i) + 'x' + term->value());
      if (!quad.graph && !files[i].graph.empty()) quad.graph = Term::iri(files[i].graph);
    }
    all.insert(all.end(), quads.begin(), quads.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Database database_with(const SuiteFolder& folder, const std::vector<GraphFile>& files,
                       const Setting& setting) {
  Database db = Database::in_memory(setting.open);
  if (setting.through_load)
    load_base(db, folder, files);
  else if (!files.empty())
    db.load_text(nquads_of(dataset_of(folder, files)), Format::NQuads);
  return db;
}

std::string read_text(const SuiteFolder& folder, const std::string& iri) {
  return read_all(*open_input(folder.file_of(iri)), kMostBytes);
}

}  // namespace tripten
