// The tables that belong to one figure: `{figid}-genes.tsv`, `-chemicals.tsv`, `-diseases.tsv`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/input.h"
#include "import/figure.h"
#include "import/leniency.h"

namespace tripten {

/// What the name of a figure's table says.
struct FigureTableName {
  std::string figid{};
  EntityKind kind = EntityKind::Gene;
};

/// Nothing for a file that is not called so. Compression endings do not count.
std::optional<FigureTableName> figure_table_name(const std::filesystem::path& file);

/// The tables of a figure that lie beside its file: in its own folder, in `../tables`, in
/// `../_data`; of each kind the first that is there.
std::vector<std::filesystem::path> figure_tables_beside(const std::filesystem::path& figure,
                                                        std::string_view figid);

/// Reads all rows. Columns are known by their names, in any order; more of them do not matter.
/// Throws Invalid where `word` or the identifier's column is missing; rows that are too short or
/// too long go to `leniency`.
std::vector<FigureEntity> read_figure_table(Input& input, EntityKind kind, LeftOut& left_out,
                                            Leniency& leniency);

}  // namespace tripten
