// One pass over the rows. Everything that is the same in each row is prepared before: templates
// that several columns share are one, and are expanded at most once a row; predicates without
// variables are resolved once.
#include "import/table_import.h"

#include <algorithm>

#include <fmt/format.h>

#include "tripten/error.h"

#include "base/utf8.h"
#include "import/cell.h"
#include "import/row_names.h"
#include "import/values.h"
#include "import/vocabulary.h"
#include "rdf/iri.h"

namespace tripten {

namespace {

/// A template with its variables bound to the table's columns.
struct BoundTemplate {
  enum class Special { None, Row, SourceRow, Column, Name };
  struct Variable {
    Special special = Special::None;
    std::size_t column = 0;
  };
  UriTemplate source{};
  std::vector<Variable> variables{};
  bool depends_on_column = false;  // uses _name or _column: not the same for all columns of a row

  // The expansion for the row at hand.
  std::uint64_t row = 0;
  bool has_value = false;
  std::string iri{};
};

constexpr std::size_t kNone = ~std::size_t{0};

struct BoundColumn {
  const ColumnMapping* mapping = nullptr;
  std::size_t number = 0;                                      // from 1
  std::size_t about = kNone, property = kNone, value = kNone;  // of templates_
  bool value_uses_itself = false;
  std::string default_property{};
  bool is_watched = false;  // RowNames wants its statements
};

class TableRun {
 public:
  TableRun(Input& input, const Dialect& dialect, const TableMapping& mapping,
           const std::string& mapping_file, const std::string& url, TableImport& into)
      : reader_(input, dialect),
        dialect_(dialect),
        mapping_(mapping),
        mapping_file_(mapping_file),
        url_(url),
        into_(into),
        cell_reader_(reader_.name(), into.report, into.leniency),
        row_names_(into.names) {}

  void run() {
    read_header();
    bind_columns();
    into_.emitter.begin_source();
    std::vector<std::string_view> fields;
    while (reader_.next(fields)) {
      ++row_;
      if (row_ % 1024 == 0 && into_.interrupt) into_.interrupt->check();
      if (fields.size() == 1 && fields[0].empty() && field_count_ > 1) continue;
      if (read_row(fields)) emit_row();
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorCode::Invalid, place() + why, {static_cast<int>(reader_.line()), 1});
  }
  std::string place() const { return fmt::format("{}, line {}: ", reader_.name(), reader_.line()); }

  // Columns.

  void read_header() {
    std::vector<std::string_view> fields;
    for (std::size_t i = 0; i < dialect_.skip_rows; ++i)
      reader_.next(fields);
    std::vector<std::string> header;
    for (std::size_t i = 0; i < dialect_.header_rows; ++i) {
      if (!reader_.next(fields))
        throw Error(ErrorCode::Invalid,
                    fmt::format("{}: the table is empty, without even a header", reader_.name()));
      header.assign(fields.begin(), fields.end());
    }
    columns_ = mapping_.columns;
    bool has_real = !columns_.empty() && !columns_[0].is_virtual;
    if (!has_real) name_columns(header);
    field_count_ = static_cast<std::size_t>(
        std::count_if(columns_.begin(), columns_.end(),
                      [](const ColumnMapping& column) { return !column.is_virtual; }));
    if (has_real && dialect_.header_rows > 0) check_header(header);
  }

  /// A mapping without columns, or with virtual ones alone, takes the header's.
  void name_columns(const std::vector<std::string>& header) {
    if (header.empty())
      refuse(fmt::format("neither the table nor its mapping {} says what its columns are",
                         mapping_file_));
    std::vector<ColumnMapping> columns;
    for (const std::string& title : header) {
      ColumnMapping column = mapping_.inherited;
      column.name = trimmed(title);
      columns.push_back(std::move(column));
    }
    columns_.insert(columns_.begin(), columns.begin(), columns.end());
  }

  void check_header(const std::vector<std::string>& header) const {
    bool same = header.size() == field_count_;
    for (std::size_t i = 0; same && i < header.size(); ++i) {
      const ColumnMapping& column = columns_[i];
      std::string_view title = trimmed(header[i]);
      same = column.titles.empty() ? title == column.name
                                   : std::find(column.titles.begin(), column.titles.end(), title) !=
                                         column.titles.end();
    }
    if (same) return;
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < field_count_; ++i)
      wanted.push_back(columns_[i].titles.empty() ? columns_[i].name : columns_[i].titles[0]);
    refuse(fmt::format("the table's columns are {}, but those of its mapping {} are {}",
                       excerpt(fmt::format("{}", fmt::join(header, ", ")), 400), mapping_file_,
                       fmt::join(wanted, ", ")));
  }

  void bind_columns() {
    cells_.resize(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const ColumnMapping& mapping = columns_[i];
      BoundColumn column;
      column.mapping = &mapping;
      column.number = i + 1;
      if (mapping.about) column.about = bind(*mapping.about);
      if (mapping.value) column.value = bind(*mapping.value);
      if (mapping.property) column.property = bind(*mapping.property);
      if (column.property == kNone || templates_[column.property].source.is_constant())
        column.default_property = constant_property(column);
      if (!column.default_property.empty()) column.property = kNone;
      column.is_watched = RowNames::watches(column.default_property);
      if (column.value != kNone)
        for (const auto& variable : templates_[column.value].variables)
          column.value_uses_itself |=
              variable.special == BoundTemplate::Special::None && variable.column == i;
      bound_.push_back(std::move(column));
    }
  }

  std::string constant_property(const BoundColumn& column) const {
    std::string iri;
    if (column.property == kNone) {
      iri = url_ + "#";
      append_percent_encoded(column.mapping->name, iri);
      return iri;
    }
    templates_[column.property].source.expand([](std::size_t) { return std::nullopt; }, iri);
    return is_absolute_iri(iri) ? iri : resolve_iri(iri, url_);
  }

  std::size_t bind(const UriTemplate& source) {
    for (std::size_t i = 0; i < templates_.size(); ++i)
      if (templates_[i].source.text() == source.text()) return i;
    BoundTemplate bound;
    bound.source = source;
    for (const std::string& name : source.variables()) {
      using Special = BoundTemplate::Special;
      Special special = name == "_row"                                 ? Special::Row
                        : name == "_sourceRow"                         ? Special::SourceRow
                        : name == "_column" || name == "_sourceColumn" ? Special::Column
                        : name == "_name"                              ? Special::Name
                                                                       : Special::None;
      auto found = std::find_if(columns_.begin(), columns_.end(),
                                [&](const ColumnMapping& column) { return column.name == name; });
      if (special == Special::None && found == columns_.end())
        throw Error(ErrorCode::Invalid,
                    fmt::format("{}: the URI template {} names the column {}, which {} lacks",
                                mapping_file_, source.text(), name, reader_.name()));
      bound.depends_on_column |= special == Special::Column || special == Special::Name;
      bound.variables.push_back({special, static_cast<std::size_t>(found - columns_.begin())});
    }
    templates_.push_back(std::move(bound));
    return templates_.size() - 1;
  }

  // Cells.

  bool read_row(const std::vector<std::string_view>& fields) {
    try {
      if (fields.size() != field_count_)
        refuse(fmt::format("the row has {} fields, the table {} columns", fields.size(),
                           field_count_));
      for (std::size_t i = 0; i < columns_.size(); ++i)
        cell_reader_.read(columns_[i], i < field_count_ ? fields[i] : std::string_view(),
                          reader_.line(), cells_[i]);
    } catch (const Error& error) {
      into_.leniency.skip(error);
      return false;
    }
    ++into_.report.rows;
    return true;
  }

  // Statements.

  /// The template's IRI for this row, nullptr where a variable has no value. `item` replaces the
  /// value of the column itself.
  const std::string* expand(std::size_t place, const BoundColumn& column,
                            const std::string* item = nullptr) {
    BoundTemplate& bound = templates_[place];
    if (bound.row == row_ && !item && !bound.depends_on_column)
      return bound.has_value ? &bound.iri : nullptr;
    bound.row = item ? 0 : row_;
    bound.iri.clear();
    bound.has_value = bound.source.expand(
        [&](std::size_t i) { return variable_value(bound.variables[i], column, item); }, bound.iri);
    if (bound.has_value && !is_absolute_iri(bound.iri)) bound.iri = resolve_iri(bound.iri, url_);
    return bound.has_value ? &bound.iri : nullptr;
  }

  std::optional<std::string_view> variable_value(const BoundTemplate::Variable& variable,
                                                 const BoundColumn& column,
                                                 const std::string* item) {
    using Special = BoundTemplate::Special;
    switch (variable.special) {
      case Special::Row:
        scratch_ = std::to_string(row_);
        return scratch_;
      case Special::SourceRow:
        scratch_ = std::to_string(reader_.line());
        return scratch_;
      case Special::Column:
        scratch_ = std::to_string(column.number);
        return scratch_;
      case Special::Name:
        return column.mapping->name;
      case Special::None:
        break;
    }
    if (item && variable.column + 1 == column.number) return *item;
    const Cell& cell = cells_[variable.column];
    if (cell.is_null) return std::nullopt;
    if (!columns_[variable.column].separator) return cell.text;
    scratch_ = cell.items[0];
    for (std::size_t i = 1; i < cell.item_count; ++i)
      scratch_ += "," + cell.items[i];
    return scratch_;
  }

  void emit_row() {
    if (mapping_.suppress_output) return;
    for (const BoundColumn& column : bound_)
      if (!column.mapping->suppress_output) emit_cell(column, cells_[column.number - 1]);
    row_names_.end_row();
  }

  void emit_cell(const BoundColumn& column, const Cell& cell) {
    bool has_value_url = column.value != kNone;
    if (cell.is_null && !(has_value_url && column.mapping->is_virtual)) return;
    if (column.about == kNone) {
      subject_text_ = fmt::format("r{}", row_);
      subject_ = {.kind = TermKind::Blank, .value = subject_text_};
    } else {
      const std::string* about = expand(column.about, column);
      if (!about) return;
      subject_text_ = *about;
      subject_ = {.kind = TermKind::Iri, .value = subject_text_};
    }
    if (column.property == kNone) {
      predicate_ = column.default_property;
    } else if (const std::string* property = expand(column.property, column)) {
      predicate_text_ = *property;
      predicate_ = predicate_text_;
    } else {
      return;
    }
    if (has_value_url)
      emit_links(column, cell);
    else
      emit_literals(column, cell);
  }

  void emit(const BoundColumn& column, const TermView& object) {
    into_.emitter.statement(subject_, predicate_, object);
    if (column.is_watched && subject_.kind == TermKind::Iri)
      row_names_.add(subject_.value, predicate_, object);
  }

  void emit_links(const BoundColumn& column, const Cell& cell) {
    bool each = column.mapping->separator && column.value_uses_itself;
    for (std::size_t i = 0; i < (each ? cell.item_count : 1); ++i)
      if (const std::string* iri = expand(column.value, column, each ? &cell.items[i] : nullptr))
        emit(column, {.kind = TermKind::Iri, .value = *iri});
  }

  static TermView literal(const ColumnMapping& column, std::string_view text) {
    const CellDatatype& datatype = column.datatype;
    bool is_tagged = datatype.iri.empty() && !column.language.empty();
    return {.kind = TermKind::Literal,
            .value = text,
            .datatype = datatype.iri,
            .language = is_tagged ? std::string_view(column.language) : std::string_view()};
  }

  void emit_literals(const BoundColumn& column, const Cell& cell) {
    if (!column.mapping->separator) return emit(column, literal(*column.mapping, cell.text));
    if (column.mapping->ordered) return emit_list(column, cell);
    for (std::size_t i = 0; i < cell.item_count; ++i)
      emit(column, literal(*column.mapping, cell.items[i]));
  }

  /// An rdf:List; its nodes are called after row, column and place.
  void emit_list(const BoundColumn& column, const Cell& cell) {
    auto node = [&](std::size_t i) { return fmt::format("l{}x{}x{}", row_, column.number, i); };
    std::string here = node(0);
    emit(column, {.kind = TermKind::Blank, .value = here});
    for (std::size_t i = 0; i < cell.item_count; ++i) {
      TermView subject{.kind = TermKind::Blank, .value = here};
      into_.emitter.statement(subject, kRdfFirst, literal(*column.mapping, cell.items[i]));
      std::string next = node(i + 1);
      TermView rest{.kind = TermKind::Blank, .value = next};
      if (i + 1 == cell.item_count) rest = {.kind = TermKind::Iri, .value = kRdfNil};
      into_.emitter.statement(subject, kRdfRest, rest);
      here = next;
    }
  }

  RecordReader reader_;
  Dialect dialect_;
  const TableMapping& mapping_;
  const std::string& mapping_file_;
  const std::string& url_;
  TableImport& into_;
  CellReader cell_reader_;
  RowNames row_names_;

  std::vector<ColumnMapping> columns_{};
  std::size_t field_count_ = 0;  // columns that are in the file
  std::vector<BoundColumn> bound_{};
  std::vector<BoundTemplate> templates_{};
  std::vector<Cell> cells_{};  // beside columns_
  std::uint64_t row_ = 0;      // from 1
  std::string scratch_{};      // a variable's value, until the next is asked for
  std::string subject_text_{}, predicate_text_{};
  TermView subject_{};
  std::string_view predicate_{};
};

}  // namespace

void import_table(Input& input, Format format, const TableMapping& mapping,
                  const std::string& mapping_file, const std::string& url, TableImport& into) {
  Dialect dialect = mapping.dialect;
  if (format == Format::Tsv) {
    if (!mapping.has_delimiter) dialect.delimiter = '\t';
    if (!mapping.has_quote) dialect.quote = std::nullopt;
  }
  TableRun(input, dialect, mapping, mapping_file, url, into).run();
  ++into.report.tables;
}

}  // namespace tripten
