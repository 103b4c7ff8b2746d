// Front matter → Figure. Keys differ by generation; a value is taken from the first key that has
// one.
#include "import/figure.h"

#include <unordered_set>

#include "tripten/error.h"

#include "base/letter_case.h"
#include "import/identifiers.h"
#include "import/species.h"

namespace tripten {

namespace {

/// `schema-jsonld` is a map, or a list with one map.
const Yaml* json_ld(const Yaml& front_matter) {
  const Yaml* value = front_matter.find("schema-jsonld");
  if (value && value->kind == Yaml::Kind::List && !value->items.empty()) value = &value->items[0];
  return value;
}

class FigureReader {
 public:
  FigureReader(const Yaml& source, LeftOut& left_out) : source_(source), left_out_(left_out) {}

  Figure read() {
    figure_.figid = text("figid");
    if (figure_.figid.empty())
      throw Error(ErrorCode::Invalid, "the figure has no figid", {source_.line, 1});
    figure_.title = text("figtitle");
    figure_.caption = text("caption");
    figure_.filename = text("filename");
    figure_.link = text("figlink");
    figure_.number = text("number");
    figure_.alias = text("figid_alias");
    read_score();
    read_organisms();
    read_json_ld();
    figure_.paper_keywords = values_of(source_.find("keywords"), "|", left_out_);
    read_paper();
    read_entities("genes", EntityKind::Gene);
    read_entities("chemicals", EntityKind::Chemical);
    read_entities("diseases", EntityKind::Disease);
    if (source_.dropped) left_out_["repeated key"] += source_.dropped;
    return std::move(figure_);
  }

 private:
  std::string text(std::string_view key) { return value_of(source_.find(key), left_out_); }

  /// The value, if `accept` makes one of it; otherwise nothing, counted as `reason`.
  template <typename Accept>
  std::string checked(std::string value, Accept accept, const char* reason) {
    if (value.empty()) return {};
    if (auto accepted = accept(value)) return *accepted;
    ++left_out_[reason];
    return {};
  }

  void read_score() {
    std::string score = text("pathway_score");
    if (score.empty()) score = text("automl_pathway");
    figure_.score = checked(score, decimal_of, "not a number");
  }

  void read_organisms() {
    std::unordered_set<std::string> known;
    for (const char* key : {"organisms", "organisms_ner"})
      for (std::string& name : values_of(source_.find(key), ",;|", left_out_)) {
        if (name == "XXX" || name == "REJECT")
          ++left_out_[name];
        else if (known.insert(name).second)
          figure_.organisms.push_back(std::move(name));
      }
  }

  void read_json_ld() {
    const Yaml* linked = json_ld(source_);
    if (!linked) return;
    figure_.license = value_of(linked->find("license"), left_out_);
    figure_.keywords = keywords_of(linked->find("keywords"));
  }

  /// A list; in one text, words between bars, or commas and blanks ("1,3-BPG" has no blank).
  std::vector<std::string> keywords_of(const Yaml* value) {
    if (!value || !value->is_scalar()) return values_of(value, "|", left_out_);
    Yaml barred = *value;
    for (std::size_t at = 0; (at = barred.text.find(", ", at)) != std::string::npos;)
      barred.text[at] = '|';
    return values_of(&barred, "|", left_out_);
  }

  void read_paper() {
    std::string_view from_figid =
        std::string_view(figure_.figid).substr(0, figure_.figid.find("__"));
    figure_.pmcid = checked(text("pmcid"), pmc_id, "not an identifier");
    if (figure_.pmcid.empty()) figure_.pmcid = pmc_id(from_figid).value_or("");
    figure_.paper_title = text("papertitle");
    figure_.citation = text("reftext");
    auto year = [](const std::string& value) {
      return is_year(value) ? std::optional(value) : std::nullopt;
    };
    figure_.year = checked(text("year"), year, "not a year");
    figure_.doi = checked(text("doi"), doi_id, "not an identifier");
    figure_.journal = text("journal_title");
    if (figure_.journal.empty())
      figure_.journal = value_of(source_.find("journal_nlm_ta"), unused_);
    figure_.publisher = text("publisher_name");
  }

  void read_entities(const char* key, EntityKind kind) {
    const Yaml* list = source_.find(key);
    if (!list || list->is_empty()) return;
    if (list->kind == Yaml::Kind::Map) return read_entity(*list, kind);
    if (list->is_scalar()) {
      for (std::string& name : values_of(list, ",;|", left_out_))
        add_name(kind, std::move(name));
      return;
    }
    for (const Yaml& item : list->items) {
      if (item.kind == Yaml::Kind::Map)
        read_entity(item, kind);
      else
        add_name(kind, value_of(&item, left_out_));
    }
  }

  void add_name(EntityKind kind, std::string name) {
    if (name.empty()) return;
    FigureEntity entity;
    entity.kind = kind;
    entity.word = std::move(name);
    if (kind == EntityKind::Gene) entity.taxon = kHuman;
    figure_.entities.push_back(std::move(entity));
  }

  void read_entity(const Yaml& item, EntityKind kind) {
    FigureEntity entity;
    entity.kind = kind;
    entity.word = value_of(item.find("word"), left_out_);
    entity.source = value_of(item.find("source"), left_out_);
    if (kind == EntityKind::Gene) {
      read_gene(item, entity);
    } else {
      entity.id =
          checked(value_of(item.find("identifier"), left_out_), mesh_id, "not an identifier");
      entity.source = to_ascii_lower(entity.source);
      if (entity.source.empty() && !entity.id.empty()) entity.source = "mesh";
    }
    if (entity.id.empty() && entity.name.empty() && entity.word.empty()) {
      ++left_out_["entity without a name"];
      return;
    }
    figure_.entities.push_back(std::move(entity));
  }

  /// Inline genes are matched against HGNC: human ones.
  void read_gene(const Yaml& item, FigureEntity& entity) {
    entity.id = checked(value_of(item.find("entrez"), left_out_), gene_id, "not an identifier");
    entity.name = value_of(item.find("hgnc_symbol"), left_out_);
    entity.match = value_of(item.find("symbol"), left_out_);
    entity.taxon = kHuman;
    if (entity.source == "hgnc_alias_symbol" || entity.source == "hgnc_prev_symbol")
      entity.alias = entity.match;
  }

  static constexpr const char* kHuman = "9606";

  const Yaml& source_;
  LeftOut& left_out_;
  LeftOut unused_{};
  Figure figure_{};
};

}  // namespace

bool is_figure(const Yaml& front_matter) {
  return front_matter.find("figid") != nullptr;
}

Figure read_figure(const Yaml& front_matter, LeftOut& left_out) {
  return FigureReader(front_matter, left_out).read();
}

std::vector<std::string> taxa_of(const Figure& figure) {
  std::vector<std::string> taxa;
  for (const std::string& name : figure.organisms)
    if (std::string_view taxon = taxon_of_species(name); !taxon.empty()) taxa.emplace_back(taxon);
  return taxa;
}

}  // namespace tripten
