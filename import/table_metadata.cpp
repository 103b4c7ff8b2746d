// Reads a metadata document: JSON → TableMetadata.
//
// Inherited properties go down from group to table to schema to column: each level copies what it
// got and changes what it says itself.
#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tripten/error.h"

#include "base/input.h"
#include "base/letter_case.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "import/identifiers.h"
#include "import/importer.h"
#include "import/table_mapping.h"
#include "rdf/iri.h"

namespace tripten {

namespace {

using Json = nlohmann::json;

constexpr int kMostDepth = 32;
constexpr std::size_t kMostMetadata = std::size_t{16} << 20;

constexpr std::array<std::string_view, 11> kInherited{
    "aboutUrl",    "datatype", "default",   "lang",          "null",    "ordered",
    "propertyUrl", "required", "separator", "textDirection", "valueUrl"};
constexpr std::array<std::string_view, 8> kGroup{
    "tables", "dialect", "notes", "tableDirection", "tableSchema", "transformations", "id", "type"};
constexpr std::array<std::string_view, 7> kTable{
    "url",         "dialect",        "notes", "suppressOutput", "tableDirection",
    "tableSchema", "transformations"};
constexpr std::array<std::string_view, 4> kSchema{"columns", "foreignKeys", "primaryKey",
                                                  "rowTitles"};
constexpr std::array<std::string_view, 4> kColumn{"name", "titles", "suppressOutput", "virtual"};
constexpr std::array<std::string_view, 14> kDialect{
    "commentPrefix",    "delimiter",       "doubleQuote", "encoding",         "header",
    "headerRowCount",   "lineTerminators", "quoteChar",   "skipBlankRows",    "skipColumns",
    "skipInitialSpace", "skipRows",        "trim",        "headerColumnCount"};
constexpr std::array<std::string_view, 12> kDatatype{
    "base",    "format",       "length",       "minLength",    "maxLength",    "minimum",
    "maximum", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "name"};

/// Reads one document; every error names the file.
class MetadataReader {
 public:
  explicit MetadataReader(const std::filesystem::path& file) : file_(file) {}

  TableMetadata read() {
    TableMetadata metadata;
    metadata.file = file_;
    Json root = read_json(file_);
    if (!root.is_object()) refuse("metadata of tables is a JSON object");
    read_context(root);
    ColumnMapping inherited;
    inherited.language = language_;
    metadata.is_group = root.contains("tables");
    if (!metadata.is_group) {
      metadata.tables.push_back(read_table(root, inherited, {}));
      return metadata;
    }
    check_names(root, kGroup, "a table group");
    read_inherited(root, inherited);
    TableMapping defaults;
    if (root.contains("dialect")) read_dialect(root["dialect"], defaults);
    if (root.contains("tableSchema")) group_schema_ = schema_of(root["tableSchema"]);
    if (!root["tables"].is_array()) refuse("tables is not an array");
    for (const Json& table : root["tables"])
      metadata.tables.push_back(read_table(table, inherited, defaults));
    return metadata;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorCode::Invalid, fmt::format("{}: {}", file_.string(), why));
  }

  static Json read_json(const std::filesystem::path& file) {
    auto input = open_input(file);
    std::string text = read_all(*input, kMostMetadata);
    std::string_view content = text;
    if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
    auto within_depth = [&](int depth, Json::parse_event_t, Json&) {
      if (depth <= kMostDepth) return true;
      throw Error(ErrorCode::Invalid, fmt::format("{}: the JSON is nested deeper than {} levels",
                                                  file.string(), kMostDepth));
    };
    try {
      return Json::parse(content, within_depth);
    } catch (const Json::parse_error& error) {
      // `byte` counts what was read, the byte that is wrong included.
      std::size_t good = std::max<std::size_t>(error.byte, 1) - 1;
      std::string_view before = content.substr(0, std::min(good, content.size()));
      auto line = std::count(before.begin(), before.end(), '\n') + 1;
      std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
      Position where{static_cast<int>(line),
                     static_cast<int>(count_code_points(before.substr(start)) + 1)};
      throw Error(ErrorCode::Syntax,
                  fmt::format("{}, line {}, column {}: this is no JSON", file.string(), where.first,
                              where.second),
                  where);
    } catch (const Json::exception& error) {  // A number that no double holds.
      throw Error(ErrorCode::Syntax, fmt::format("{}: this is no JSON", file.string()));
    }
  }

  std::string string_of(const Json& value, std::string_view what) const {
    if (!value.is_string()) refuse(fmt::format("{} is not a string", what));
    return value.get<std::string>();
  }

  bool boolean_of(const Json& value, std::string_view what) const {
    if (!value.is_boolean()) refuse(fmt::format("{} is neither true nor false", what));
    return value.get<bool>();
  }

  std::string iri_of(const Json& value, std::string_view what) const {
    std::string iri = string_of(value, what);
    if (!is_absolute_iri(iri) || !has_iri_characters(iri))
      refuse(fmt::format("{} is \"{}\", not an absolute IRI", what, iri));
    return iri;
  }

  /// A language tag by its shape (BCP 47): letters, then letters and digits between hyphens.
  std::string language_of(const Json& value, std::string_view what) const {
    std::string tag = string_of(value, what);
    std::size_t run = 0;
    bool is_tag = true, is_first = true;
    for (char c : tag + "-") {
      bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == '-') {
        is_tag &= run >= 1 && run <= 8;
        run = 0;
        is_first = false;
      } else {
        is_tag &= is_letter || (!is_first && c >= '0' && c <= '9');
        ++run;
      }
    }
    if (!is_tag) refuse(fmt::format("{} is \"{}\", not a language tag", what, tag));
    return tag;
  }

  std::size_t number_of(const Json& value, std::string_view what) const {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 1'000'000)
      refuse(fmt::format("{} is not a number of rows", what));
    return value.get<std::size_t>();
  }

  /// A string, an array of them, or a map of languages to either.
  std::vector<std::string> strings_of(const Json& value, std::string_view what) const {
    std::vector<std::string> strings;
    if (value.is_object() || value.is_array()) {
      for (const Json& item : value)
        for (std::string& string : strings_of_item(item, what))
          strings.push_back(std::move(string));
    } else {
      strings.push_back(string_of(value, what));
    }
    return strings;
  }

  std::vector<std::string> strings_of_item(const Json& item, std::string_view what) const {
    if (!item.is_array()) return {string_of(item, what)};
    std::vector<std::string> strings;
    for (const Json& string : item)
      strings.push_back(string_of(string, what));
    return strings;
  }

  /// `@context`: CSVW's, alone or with an object of `@base`, `@language` and, beyond the standard,
  /// prefixes.
  void read_context(const Json& root) {
    if (!root.contains("@context") || !root["@context"].is_array()) return;
    for (const Json& part : root["@context"]) {
      if (!part.is_object()) continue;
      for (const auto& [key, value] : part.items()) {
        if (key == "@language")
          language_ = language_of(value, key);
        else if (key == "@base")
          base_ = iri_text(string_of(value, key));
        else
          prefixes_[key] = iri_of(value, key);
      }
    }
    if (!base_.empty() && !is_absolute_iri(base_)) base_.clear();
  }

  template <std::size_t N>
  void check_names(const Json& object, const std::array<std::string_view, N>& own,
                   std::string_view what, bool inherits = true) const {
    for (const auto& [key, value] : object.items()) {
      if (key.find(':') != std::string::npos || key.starts_with('@')) continue;
      if (std::find(own.begin(), own.end(), key) != own.end()) continue;
      std::vector<std::string_view> names(own.begin(), own.end());
      if (inherits) {
        if (std::find(kInherited.begin(), kInherited.end(), key) != kInherited.end()) continue;
        names.insert(names.end(), kInherited.begin(), kInherited.end());
      }
      refuse(fmt::format("{} is no property of {}{}", key, what,
                         did_you_mean(key, std::span<const std::string_view>(names))));
    }
  }

  UriTemplate template_of(const Json& value, std::string_view what) const {
    try {
      return UriTemplate(string_of(value, what), prefixes_);
    } catch (const Error& error) {
      refuse(error.what());
    }
  }

  void read_inherited(const Json& object, ColumnMapping& into) const {
    for (const auto& [key, value] : object.items()) {
      if (key == "aboutUrl") into.about = template_of(value, key);
      if (key == "propertyUrl") into.property = template_of(value, key);
      if (key == "valueUrl") into.value = template_of(value, key);
      if (key == "datatype") into.datatype = datatype_of(value);
      if (key == "default") into.default_value = string_of(value, key);
      if (key == "lang") into.language = language_of(value, key);
      if (key == "null") into.nulls = strings_of(value, key);
      if (key == "ordered") into.ordered = boolean_of(value, key);
      if (key == "required") into.required = boolean_of(value, key);
      if (key == "separator") {
        if (value.is_null())
          into.separator.reset();
        else
          into.separator = string_of(value, key);
        if (into.separator && into.separator->empty()) refuse("separator is an empty string");
      }
    }
    if (into.language == "und") into.language.clear();
  }

  CellDatatype datatype_of(const Json& value) const {
    std::string name = "string";
    if (value.is_string()) name = value.get<std::string>();
    if (value.is_object() && value.contains("base")) name = string_of(value["base"], "base");
    auto datatype = datatype_named(name);
    if (!datatype) refuse(fmt::format("{} is no datatype of CSVW", name));
    if (!value.is_object()) return *datatype;
    check_names(value, kDatatype, "a datatype", false);
    if (value.contains("@id")) datatype->iri = iri_of(value["@id"], "@id");
    if (value.contains("format")) read_format(value["format"], *datatype);
    return *datatype;
  }

  void read_format(const Json& format, CellDatatype& datatype) const {
    if (format.is_string()) {
      datatype.format = format.get<std::string>();
      return;
    }
    if (!format.is_object()) refuse("format is neither a string nor an object");
    auto mark = [&](const char* key) -> std::optional<char> {
      if (!format.contains(key)) return std::nullopt;
      std::string text = string_of(format[key], key);
      if (text.size() != 1) refuse(fmt::format("{} is not one character", key));
      return text[0];
    };
    datatype.group_mark = mark("groupChar");
    datatype.decimal_mark = mark("decimalChar").value_or('.');
  }

  std::optional<char> character_of(const Json& value, std::string_view what) const {
    if (value.is_null()) return std::nullopt;
    std::string text = string_of(value, what);
    if (text.size() != 1) refuse(fmt::format("{} is not one character", what));
    return text[0];
  }

  void read_dialect(const Json& object, TableMapping& into) const {
    if (!object.is_object()) refuse("dialect is not an object");
    check_names(object, kDialect, "a dialect", false);
    into.has_dialect = true;
    Dialect& dialect = into.dialect;
    for (const auto& [key, value] : object.items()) {
      if (key == "delimiter") {
        auto delimiter = character_of(value, key);
        if (!delimiter) refuse("delimiter is null");
        dialect.delimiter = *delimiter;
        into.has_delimiter = true;
      }
      if (key == "quoteChar") {
        dialect.quote = character_of(value, key);
        into.has_quote = true;
      }
      if (key == "doubleQuote") dialect.double_quote = boolean_of(value, key);
      if (key == "commentPrefix" && !value.is_null())
        dialect.comment_prefix = string_of(value, key);
      if (key == "header" && !object.contains("headerRowCount"))
        dialect.header_rows = boolean_of(value, key) ? 1 : 0;
      if (key == "headerRowCount") dialect.header_rows = number_of(value, key);
      if (key == "skipRows") dialect.skip_rows = number_of(value, key);
      if (key == "skipBlankRows") dialect.skip_blank_rows = boolean_of(value, key);
      if (key == "skipInitialSpace" && boolean_of(value, key)) dialect.trim_start = true;
      if (key == "trim") read_trim(value, dialect);
      if (key == "encoding") read_encoding(value, dialect);
      if ((key == "skipColumns" || key == "headerColumnCount") && number_of(value, key) > 0)
        refuse(fmt::format("{} is not supported", key));
    }
  }

  void read_trim(const Json& value, Dialect& dialect) const {
    std::string trim =
        value.is_boolean() ? (value.get<bool>() ? "true" : "false") : string_of(value, "trim");
    if (trim != "true" && trim != "false" && trim != "start" && trim != "end")
      refuse(fmt::format("trim is {}, not true, false, start or end", trim));
    if (trim == "true" || trim == "start") dialect.trim_start = true;
    dialect.trim_end = trim == "true" || trim == "end";
  }

  void read_encoding(const Json& value, Dialect& dialect) const {
    const std::string encoding = to_ascii_lower(string_of(value, "encoding"));
    dialect.is_latin1 = encoding == "iso-8859-1" || encoding == "latin1";
    if (!dialect.is_latin1 && encoding != "utf-8" && encoding != "utf8" && encoding != "us-ascii")
      refuse(fmt::format("the encoding {} is not supported: utf-8 and iso-8859-1 are", encoding));
  }

  /// A schema, inline or by the name of a file beside.
  Json schema_of(const Json& value) const {
    if (value.is_object()) return value;
    std::string name = string_of(value, "tableSchema");
    if (is_absolute_iri(name)) refuse(fmt::format("the schema <{}> is not a local file", name));
    Json schema = read_json(file_.parent_path() / name);
    if (!schema.is_object()) refuse(fmt::format("the schema {} is not an object", name));
    return schema;
  }

  TableMapping read_table(const Json& table, ColumnMapping inherited, TableMapping mapping) const {
    if (!table.is_object()) refuse("a table is not an object");
    check_names(table, kTable, "a table");
    mapping.prefixes = prefixes_;
    mapping.base = base_;
    if (table.contains("url")) mapping.url = string_of(table["url"], "url");
    if (table.contains("dialect")) read_dialect(table["dialect"], mapping);
    if (table.contains("suppressOutput"))
      mapping.suppress_output = boolean_of(table["suppressOutput"], "suppressOutput");
    read_inherited(table, inherited);
    Json schema = table.contains("tableSchema") ? schema_of(table["tableSchema"]) : group_schema_;
    if (schema.is_object()) {
      check_names(schema, kSchema, "a schema");
      read_inherited(schema, inherited);
      if (schema.contains("columns")) read_columns(schema["columns"], inherited, mapping);
    }
    mapping.inherited = std::move(inherited);
    return mapping;
  }

  void read_columns(const Json& columns, const ColumnMapping& inherited,
                    TableMapping& mapping) const {
    if (!columns.is_array()) refuse("columns is not an array");
    for (const Json& object : columns) {
      if (!object.is_object()) refuse("a column is not an object");
      check_names(object, kColumn, "a column");
      ColumnMapping column = inherited;
      read_inherited(object, column);
      if (object.contains("titles")) column.titles = strings_of(object["titles"], "titles");
      if (object.contains("virtual")) column.is_virtual = boolean_of(object["virtual"], "virtual");
      if (object.contains("suppressOutput"))
        column.suppress_output = boolean_of(object["suppressOutput"], "suppressOutput");
      if (object.contains("name"))
        column.name = percent_decoded(string_of(object["name"], "name"));
      else if (!column.titles.empty())
        column.name = column.titles[0];
      else
        column.name = fmt::format("_col.{}", mapping.columns.size() + 1);
      if (!column.is_virtual && !mapping.columns.empty() && mapping.columns.back().is_virtual)
        refuse(fmt::format("the column {} stands behind a virtual one", column.name));
      check_unique(column, mapping);
      mapping.columns.push_back(std::move(column));
    }
  }

  void check_unique(const ColumnMapping& column, const TableMapping& mapping) const {
    auto same = [&](const ColumnMapping& other) { return other.name == column.name; };
    if (std::any_of(mapping.columns.begin(), mapping.columns.end(), same))
      refuse(fmt::format("two columns are called {}", column.name));
  }

  std::filesystem::path file_;
  Prefixes prefixes_{};
  std::string language_{};
  std::string base_{};
  Json group_schema_{};
};

}  // namespace

TableMetadata read_table_metadata(const std::filesystem::path& file) {
  return MetadataReader(file).read();
}

}  // namespace tripten
