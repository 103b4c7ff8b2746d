#include "query/parse/parsed_queries.h"

#include <optional>
#include <utility>
#include <vector>

#include "query/algebra/each_term.h"
#include "query/parse/query_shape.h"

namespace tripten {

namespace {

constexpr std::size_t kMostTextBytes = std::size_t{16} << 10;
constexpr std::size_t kBytesPerEntry = 300;  // of the containers, beside keys and queries

/// The same term with another value.
Term with_value(const Term& term, std::string_view value) {
  if (term.is_iri()) return Term::iri(value);
  if (!term.language().empty()) return Term::tagged(value, term.language());
  return Term::typed(value, term.datatype());
}

/// The value that a constant has in the algebra. Nothing for a prefix that is not declared.
std::optional<std::string> value_of(const ShapeConstant& constant, const Query& query) {
  if (constant.kind != ShapeConstant::Kind::PrefixedName) return std::string(constant.value);
  const auto found = query.prefixes.find(std::string(constant.prefix));
  if (found == query.prefixes.end()) return std::nullopt;
  return found->second + std::string(constant.value);
}

/// Puts constants in for marks. Nothing where there are marks of others.
std::optional<Query> filled(const Query& marked, const QueryShape& shape) {
  Query query = marked;
  bool is_right = true;
  for_each_term(query, [&](Term& term) {
    const auto number = mark_number(term.value());
    if (!number) return;
    const auto value = *number < shape.constants.size() ? value_of(shape.constants[*number], marked)
                                                        : std::nullopt;
    if (value)
      term = with_value(term, *value);
    else
      is_right = false;
  });
  if (!is_right) return std::nullopt;
  return query;
}

bool is_same(const Query& a, const Query& b) {
  return a.form == b.form && a.dataset == b.dataset && a.pattern == b.pattern && a.base == b.base &&
         a.prefixes == b.prefixes;
}

/// Whether the query says something of its text that holds for this text alone.
bool names_places(const Query& query) {
  return !query.leniencies.empty() || extent_of(query).has_places;
}

std::shared_ptr<const Query> parsed(PreparedText text, const ParseOptions& options) {
  return std::make_shared<const Query>(parse_query(std::move(text), options));
}

/// The query with the notes of what went before the grammar.
std::shared_ptr<const Query> with_notes(std::shared_ptr<const Query> query,
                                        const std::vector<Leniency>& notes) {
  if (notes.empty()) return query;
  auto noted = std::make_shared<Query>(*query);
  noted->leniencies.insert(noted->leniencies.begin(), notes.begin(), notes.end());
  return noted;
}

}  // namespace

/// What is known of a shape, or of one text.
struct ParsedQueries::Entry {
  std::string text{};                     // the first one
  std::shared_ptr<const Query> query{};   // its algebra
  std::shared_ptr<const Query> marked{};  // the shape's, once there was a second text
  bool is_by_text = false;                // the shape's texts are kept one by one
  bool names_places = false;              // query does
  std::size_t bytes = 0;
};

ParsedQueries::ParsedQueries(std::size_t bytes) : most_bytes_(bytes) {}
ParsedQueries::~ParsedQueries() = default;

std::size_t ParsedQueries::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

ParsedQueries::EntryPtr ParsedQueries::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

namespace {

/// What else than the text says what a query is; neither IRIs nor prefixes hold control characters.
std::string settings_of(const ParseOptions& options) {
  std::string settings = options.base + (options.strict ? '\n' : '\r');
  for (const auto& [prefix, iri] : options.prefixes)
    settings.append(prefix).append(1, '\v').append(iri).append(1, '\f');
  return settings;
}

}  // namespace

ParsedQuery ParsedQueries::parse(std::string_view text, const ParseOptions& options) {
  PreparedText prepared = prepare_text(text, options);
  const std::vector<Leniency> notes = std::exchange(prepared.notes, {});
  const std::string source = prepared.source.text();
  if (source.size() > kMostTextBytes || !surely_fits(source.size(), options))
    return {with_notes(parsed(std::move(prepared), options), notes), false};

  const std::string settings = settings_of(options);
  const auto shape = shape_of(source);
  const std::string shape_key = shape ? settings + shape->key : std::string();
  const EntryPtr known = shape ? find(shape_key) : nullptr;
  if (known && !known->is_by_text)
    if (auto found = query_of(*known, shape_key, *shape, source, options); found.query)
      return {with_notes(std::move(found.query), notes), found.is_cached};

  const std::string text_key = settings + '\t' + source;
  const bool is_original = source == text && options.first_line == 1;
  const bool is_by_text = !shape || known;
  if (is_by_text)
    if (const EntryPtr found = find(text_key); found && (is_original || !found->names_places))
      return {with_notes(found->query, notes), true};

  Entry entry{.text = source, .query = parsed(std::move(prepared), options)};
  entry.names_places = names_places(*entry.query);
  entry.bytes = source.size() + extent_of(*entry.query).bytes;
  if (shape && !known && entry.names_places) keep(shape_key, {.is_by_text = true});
  if (is_original || !entry.names_places)
    keep(is_by_text || entry.names_places ? text_key : shape_key, entry);
  return {with_notes(entry.query, notes), false};
}

/// The entry with the algebra of the marked text, if that is the shape's.
ParsedQueries::Entry ParsedQueries::learnt(const Entry& entry, const QueryShape& shape,
                                           const ParseOptions& options) {
  Entry now = entry;
  now.is_by_text = true;
  try {
    const Query marked = parse_query(shape.marked(), {.base = options.base,
                                                      .prefixes = options.prefixes,
                                                      .strict = options.strict,
                                                      .memory_bytes = options.memory_bytes});
    const auto first = shape_of(entry.text);
    const auto same = first ? filled(marked, *first) : std::nullopt;
    if (same && !names_places(marked) && is_same(*same, *entry.query)) {
      now.bytes += extent_of(marked).bytes;
      now.marked = std::make_shared<const Query>(marked);
      now.is_by_text = false;
    }
  } catch (const Error&) {  // the shape needs other constants
  }
  return now;
}

/// What an entry of a shape gives for a text of it; nothing where the text is to be parsed.
ParsedQuery ParsedQueries::query_of(const Entry& entry, const std::string& key,
                                    const QueryShape& shape, const std::string& source,
                                    const ParseOptions& options) {
  if (entry.text == source) return {entry.query, true};
  std::shared_ptr<const Query> marked = entry.marked;
  if (!marked) {
    Entry now = learnt(entry, shape, options);
    marked = now.marked;
    keep(key, std::move(now));
  }
  auto query = marked ? filled(*marked, shape) : std::nullopt;
  if (!query) return {};
  return {std::make_shared<const Query>(std::move(*query)), entry.marked != nullptr};
}

void ParsedQueries::keep(const std::string& key, Entry entry) {
  constexpr std::size_t kLargestPart = 4;
  const std::size_t bytes = entry.bytes + key.size() + kBytesPerEntry;
  const std::lock_guard lock(mutex_);
  const auto drop = [&](decltype(entries_)::iterator old) {
    bytes_ -= old->second->bytes + old->first.size() + kBytesPerEntry;
    by_key_.erase(old->first);
    entries_.erase(old);
  };
  if (const auto old = by_key_.find(key); old != by_key_.end()) drop(old->second);
  if (bytes > most_bytes_ / kLargestPart) return;
  while (bytes_ + bytes > most_bytes_)
    drop(std::prev(entries_.end()));
  entries_.emplace_front(key, std::make_shared<const Entry>(std::move(entry)));
  by_key_.emplace(entries_.front().first, entries_.begin());
  bytes_ += bytes;
}

}  // namespace tripten
