// Tab-separated, no quoting, `NA` for nothing. Generations differ in their columns, so a row is
// read through the header.
#include "import/figure_table.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tripten/error.h"

#include "import/identifiers.h"
#include "import/record_reader.h"
#include "import/table_mapping.h"

namespace tripten {

namespace {

struct Ending {
  std::string_view text;
  EntityKind kind;
};

constexpr std::size_t kMostRows = 100'000;

constexpr std::array<Ending, 3> kEndings{{{"-genes", EntityKind::Gene},
                                          {"-chemicals", EntityKind::Chemical},
                                          {"-diseases", EntityKind::Disease}}};

class FigureTableReader {
 public:
  FigureTableReader(Input& input, EntityKind kind, LeftOut& left_out, Leniency& leniency)
      : reader_(input, Dialect::tsv()),
        kind_(kind),
        left_out_(left_out),
        leniency_(leniency) {}

  std::vector<FigureEntity> read() {
    std::vector<FigureEntity> entities;
    if (!reader_.next(fields_)) refuse("the table is empty, without even a header");
    header_.assign(fields_.begin(), fields_.end());
    check_header();
    while (reader_.next(fields_)) {
      if (fields_.size() == 1 && fields_[0].empty()) continue;
      try {
        if (fields_.size() != header_.size())
          refuse(fmt::format("the row has {} fields, the table {} columns", fields_.size(),
                             header_.size()));
      } catch (const Error& error) {
        leniency_.skip(error);
        continue;
      }
      if (entities.size() == kMostRows)
        refuse(fmt::format("more than {} rows are not the table of one figure", kMostRows));
      FigureEntity entity = read_row();
      if (entity.id.empty() && entity.name.empty() && entity.word.empty())
        ++left_out_["entity without a name"];
      else
        entities.push_back(std::move(entity));
    }
    return entities;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorCode::Invalid,
                fmt::format("{}, line {}: {}", reader_.name(), reader_.line(), why),
                {static_cast<int>(reader_.line()), 1});
  }

  void check_header() const {
    std::string_view id = kind_ == EntityKind::Gene ? "ncbigene_id" : "mesh";
    for (std::string_view wanted : {std::string_view("word"), id})
      if (std::find(header_.begin(), header_.end(), wanted) == header_.end())
        refuse(fmt::format("the table's columns are {}, but a figure's table has {}",
                           fmt::join(header_, ", "), wanted));
  }

  std::string field(std::string_view column) {
    auto found = std::find(header_.begin(), header_.end(), column);
    if (found == header_.end()) return {};
    return value_of(fields_[static_cast<std::size_t>(found - header_.begin())], left_out_);
  }

  template <typename Accept>
  std::string checked_field(std::string_view column, Accept accept) {
    std::string value = field(column);
    if (value.empty()) return {};
    if (auto accepted = accept(value)) return *accepted;
    ++left_out_["not an identifier"];
    return {};
  }

  FigureEntity read_row() {
    FigureEntity entity;
    entity.kind = kind_;
    entity.word = field("word");
    entity.match = field("match");
    entity.source = field("source");
    if (kind_ == EntityKind::Gene) {
      entity.id = checked_field("ncbigene_id", gene_id);
      entity.name = field("ncbigene_symbol");
      entity.taxon = checked_field("organism_id", taxon_id);
      if (entity.source == "ncbigene_synonym") entity.alias = entity.match;
      return entity;
    }
    entity.id = checked_field("mesh", mesh_id);
    // `match` is the descriptor's name, `name` that of ChEBI or the Disease Ontology.
    entity.name = entity.match;
    std::string other = field("name");
    if (entity.name.empty())
      entity.name = other;
    else if (other != entity.name)
      entity.alias = other;
    bool is_chemical = kind_ == EntityKind::Chemical;
    entity.cross_reference =
        is_chemical ? checked_field("chebi", chebi_id) : checked_field("doid", disease_id);
    if (entity.source.empty() && !entity.id.empty()) entity.source = "mesh";
    return entity;
  }

  RecordReader reader_;
  EntityKind kind_;
  LeftOut& left_out_;
  Leniency& leniency_;
  std::vector<std::string> header_{};
  std::vector<std::string_view> fields_{};
};

}  // namespace

std::optional<FigureTableName> figure_table_name(const std::filesystem::path& file) {
  std::filesystem::path plain = without_compression(file.filename());
  if (plain.extension() != ".tsv") return std::nullopt;
  std::string stem = plain.stem().string();
  for (const Ending& ending : kEndings)
    if (stem.size() > ending.text.size() && stem.ends_with(ending.text))
      return FigureTableName{stem.substr(0, stem.size() - ending.text.size()), ending.kind};
  return std::nullopt;
}

std::vector<std::filesystem::path> figure_tables_beside(const std::filesystem::path& figure,
                                                        std::string_view figid) {
  std::vector<std::filesystem::path> tables;
  if (figid.find('/') != std::string_view::npos) return tables;
  std::filesystem::path folder = figure.parent_path();
  for (const Ending& ending : kEndings) {
    for (std::filesystem::path place :
         {folder, folder / ".." / "tables", folder / ".." / "_data"}) {
      std::error_code none;
      std::filesystem::path table = place / fmt::format("{}{}.tsv", figid, ending.text);
      if (!std::filesystem::exists(table, none)) table += ".gz";
      if (!std::filesystem::exists(table, none)) continue;
      tables.push_back(table);
      break;
    }
  }
  return tables;
}

std::vector<FigureEntity> read_figure_table(Input& input, EntityKind kind, LeftOut& left_out,
                                            Leniency& leniency) {
  return FigureTableReader(input, kind, left_out, leniency).read();
}

}  // namespace tripten
