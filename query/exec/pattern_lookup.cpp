#include "query/exec/pattern_lookup.h"

#include <algorithm>
#include <array>
#include <functional>

#include "tripten/error.h"

namespace tripten {

namespace {

enum class Place : std::uint8_t { Constant, Key, Free };

/// The order of triples in which constants come first, then key places, then free ones.
QuadOrder order_of_places(const std::array<Place, 3>& places) {
  for (const QuadOrder order : {QuadOrder::Spog, QuadOrder::Sopg, QuadOrder::Psog, QuadOrder::Posg,
                                QuadOrder::Ospg, QuadOrder::Opsg}) {
    const auto positions = order_positions(order);
    if (places[positions[0]] <= places[positions[1]] &&
        places[positions[1]] <= places[positions[2]])
      return order;
  }
  return QuadOrder::Spog;
}

}  // namespace

PatternLookup::PatternLookup(const ScanPattern& pattern) : pattern_(pattern), shape_(pattern) {}

void PatternLookup::open(QueryContext& context) {
  context_ = &context;
  choice_ = choose_graphs(pattern_.graph, context);
  lease_.emplace(context.budget);
  charged_rows_ = 0;
  stream_.reset();
}

PatternLookup::Access PatternLookup::access_for(std::uint32_t bound, std::uint32_t wanted) const {
  Access access;
  access.bound = bound;
  std::array<Place, 3> places{};
  for (std::size_t position = 0; position < places.size(); ++position) {
    const int variable = shape_.variable[position];
    if (variable < 0)
      ++access.constants;
    else
      places[position] = (bound >> variable & 1) ? Place::Key : Place::Free;
  }
  access.order = order_of_places(places);
  access.prefix = access.constants;
  for (std::size_t i = access.constants; i < places.size(); ++i) {
    const std::size_t position = order_positions(access.order)[i];
    if (places[position] != Place::Key) break;
    access.key_variables.push_back(static_cast<std::size_t>(shape_.variable[position]));
    ++access.prefix;
  }
  const int graph = shape_.variable[kGraphPosition];
  const bool binds_graph = graph >= 0 && (bound >> graph & 1);
  access.graph_apart = binds_graph && access.prefix == access.constants;
  access.checks_graph = binds_graph && !access.graph_apart;
  if (access.prefix == 0 && (access.graph_apart || choice_.kind == GraphChoice::Kind::One))
    access.order = QuadOrder::Gspo;
  access.equal = equal_columns(shape_, access.order, bound);
  for (std::size_t variable = 0; variable < schema().size(); ++variable)
    if (wanted >> variable & 1)
      access.sources.emplace_back(variable, column_of(access.order, shape_.position(variable)));
  return access;
}

std::optional<Quad> PatternLookup::quad_of(const std::vector<Column>& keys, std::size_t key) const {
  Quad quad = shape_.constants;
  for (std::size_t position = 0; position < quad.terms.size(); ++position) {
    const int variable = shape_.variable[position];
    if (variable < 0 || keys[static_cast<std::size_t>(variable)].empty()) continue;
    const TermId value = keys[static_cast<std::size_t>(variable)][key];
    if (value.kind() == IdKind::Local) return std::nullopt;
    if (position == kGraphPosition && value && !choice_.includes(value)) return std::nullopt;
    quad.terms[position] = value;
  }
  return quad;
}

void PatternLookup::sort_keys(const Access& access, const std::vector<Column>& keys,
                              RowNumber* begin, RowNumber* end) {
  const auto below = [&](RowNumber a, RowNumber b) {
    for (const std::size_t variable : access.key_variables) {
      const Column& column = keys[variable];
      if (column[a] != column[b]) return column[a] < column[b];
    }
    return false;
  };
  if (!std::is_sorted(begin, end, below)) std::sort(begin, end, below);
}

void PatternLookup::find(const std::vector<Column>& keys, std::size_t count, std::uint32_t wanted,
                         std::size_t most_per_key, std::size_t most, Matches& out) {
  out.columns.resize(schema().size());
  for (Column& column : out.columns)
    column.clear();
  out.rows = 0;
  out.ranges.assign(count, {});
  most_per_key_ = most_per_key;
  most_ = most;
  bounds_.assign(count, 0);
  for (std::size_t variable = 0; variable < keys.size(); ++variable)
    for (std::size_t key = 0; key < keys[variable].size(); ++key)
      bounds_[key] |= static_cast<std::uint32_t>(static_cast<bool>(keys[variable][key]))
                      << variable;
  sorted_.resize(count);
  for (RowNumber key = 0; key < count; ++key)
    sorted_[key] = key;
  if (std::adjacent_find(bounds_.begin(), bounds_.end(), std::not_equal_to<>()) != bounds_.end())
    std::stable_sort(sorted_.begin(), sorted_.end(),
                     [&](RowNumber a, RowNumber b) { return bounds_[a] < bounds_[b]; });
  for (std::size_t begin = 0; begin < count;) {
    const std::uint32_t bound = bounds_[sorted_[begin]];
    std::size_t end = begin + 1;
    while (end < count && bounds_[sorted_[end]] == bound)
      ++end;
    const Access access = access_for(bound, wanted);
    sort_keys(access, keys, sorted_.data() + begin, sorted_.data() + end);
    find_group(access, keys, sorted_.data() + begin, sorted_.data() + end, out);
    begin = end;
  }
}

GraphScan PatternLookup::scan_one(const Access& access, const Quad& quad) const {
  return GraphScan(*context_, access.order, quad, choice_);
}

void PatternLookup::find_group(const Access& access, const std::vector<Column>& keys,
                               const RowNumber* begin, const RowNumber* end, Matches& out) {
  if (choice_.kind == GraphChoice::Kind::Nothing) return;
  std::optional<PrefixReader> shared;
  std::optional<Quad> last;  // key columns that the shared reader has passed
  if (end - begin > 1 && !access.graph_apart)
    shared.emplace(GraphScan(*context_, access.order, shape_.constants, choice_), access.constants,
                   access.prefix);
  for (const RowNumber* key = begin; key < end; ++key) {
    if ((key - begin) % 1024 == 0) context_->interrupt.check();
    const std::optional<Quad> quad = quad_of(keys, *key);
    if (!quad) continue;
    Matches::Range& range = out.ranges[*key];
    range.begin = static_cast<RowNumber>(out.rows);
    // Keys that differ in the graph alone have the same rows: the reader does not go back.
    const Quad triple{{quad->subject(), quad->predicate(), quad->object(), {}}};
    if (shared && last != triple) {
      last = triple;
      collect(*shared, access, *quad, out, range);
    } else {
      PrefixReader reader(scan_one(access, *quad), 0, 0);
      collect(reader, access, *quad, out, range);
    }
    range.end = static_cast<RowNumber>(out.rows);
  }
}

void PatternLookup::collect(PrefixReader& reader, const Access& access, const Quad& quad,
                            Matches& out, Matches::Range& range) {
  const Quad prefix = to_order(quad, access.order);
  const std::size_t before = out.rows;
  std::size_t begin = 0, end = 0;
  range.cut = out.rows >= most_;
  while (!range.cut && reader.next(prefix, begin, end)) {
    charge(access, out.rows + (end - begin));
    keep_rows(access, quad, reader.rows(), begin, end, out);
    range.cut = out.rows - before > most_per_key_;
  }
}

void PatternLookup::keep_rows(const Access& access, const Quad& quad, const QuadColumns& rows,
                              std::size_t begin, std::size_t end, Matches& out) const {
  if (access.equal.empty() && !access.checks_graph) {
    for (const auto& [variable, column] : access.sources)
      out.columns[variable].insert(
          out.columns[variable].end(),
          rows.columns[column].begin() + static_cast<std::ptrdiff_t>(begin),
          rows.columns[column].begin() + static_cast<std::ptrdiff_t>(end));
    out.rows += end - begin;
    return;
  }
  for (std::size_t row = begin; row < end; ++row) {
    bool matches = !access.checks_graph || rows.columns[kGraphPosition][row] == quad.graph();
    for (const auto& [first, later] : access.equal)
      matches = matches && rows.columns[first][row] == rows.columns[later][row];
    if (!matches) continue;
    for (const auto& [variable, column] : access.sources)
      out.columns[variable].push_back(rows.columns[column][row]);
    ++out.rows;
  }
}

void PatternLookup::charge(const Access& access, std::size_t rows) {
  if (rows <= charged_rows_) return;
  if (rows >= kNoRow)
    throw Error(ErrorCode::Limit, "a step of the query would keep more than 4 billion rows");
  const std::size_t wanted = std::max(rows, charged_rows_ * 2);
  lease_->resize(wanted * access.sources.size() * sizeof(TermId));
  charged_rows_ = wanted;
}

void PatternLookup::begin_stream(const std::vector<Column>& keys, std::size_t key,
                                 std::uint32_t wanted) {
  std::uint32_t bound = 0;
  for (std::size_t variable = 0; variable < keys.size(); ++variable)
    if (!keys[variable].empty() && keys[variable][key]) bound |= std::uint32_t{1} << variable;
  stream_.reset();
  const std::optional<Quad> quad = quad_of(keys, key);
  if (!quad || choice_.kind == GraphChoice::Kind::Nothing) return;
  stream_access_ = access_for(bound, wanted);
  stream_quad_ = *quad;
  stream_.emplace(scan_one(stream_access_, stream_quad_));
}

bool PatternLookup::next_stream(std::size_t limit, Matches& out) {
  out.columns.resize(schema().size());
  for (Column& column : out.columns)
    column.clear();
  out.rows = 0;
  while (stream_ && out.rows == 0 && stream_->next(stream_rows_, limit))
    keep_rows(stream_access_, stream_quad_, stream_rows_, 0, stream_rows_.rows, out);
  return out.rows > 0;
}

}  // namespace tripten
