// PatternLookup: the matches of one pattern for many values of some of its variables at once.
//
// Keys are sorted and looked up front to back in one scan of the order that has the pattern's
// constants first and the key's places next, so that neighbouring keys share the blocks they are
// in:
//
//   ?x <p> ?y, key ?x      order PSO     <p> x1 ...     <p> x2 ...      <p> x3
//                                        └ seek         └ read on       └ seek
//
// A key leaves variables free where its value is kUnbound; keys that leave the same ones free share
// a scan.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/memory_budget.h"
#include "query/exec/graph_scan.h"
#include "query/exec/pattern_shape.h"
#include "query/exec/prefix_reader.h"
#include "query/exec/row_table.h"

namespace tripten {

/// What was found, key by key.
struct Matches {
  struct Range {
    RowNumber begin = 0, end = 0;
    bool cut = false;  ///< There may be more: the key has too many matches to keep.
  };
  std::vector<Column> columns{};  ///< One for each variable; those not wanted are empty.
  std::size_t rows = 0;
  std::vector<Range> ranges{};  ///< One for each key.
};

class PatternLookup {
 public:
  explicit PatternLookup(const ScanPattern& pattern);

  /// The pattern's variables: the columns of keys and matches.
  const Schema& schema() const { return shape_.schema; }

  void open(QueryContext& context);

  /// Looks up keys [0, count): `keys[v][k]` is the value of variable v in key k (an empty column is
  /// free in all). Fills the matches' columns whose bit is in `wanted`. Keeps at most
  /// `most_per_key` rows of a key and stops keeping rows at about `most`; keys cut short
  /// so say so. The rows kept are charged to the budget until the next call.
  void find(const std::vector<Column>& keys, std::size_t count, std::uint32_t wanted,
            std::size_t most_per_key, std::size_t most, Matches& out);

  /// The matches of one key, a part at a time, for keys that were cut short. `wanted` as above;
  /// false at the end.
  void begin_stream(const std::vector<Column>& keys, std::size_t key, std::uint32_t wanted);
  bool next_stream(std::size_t limit, Matches& out);

 private:
  /// How keys that bind the same variables are looked up.
  struct Access {
    std::uint32_t bound = 0;                   // a bit a variable
    QuadOrder order = QuadOrder::Spog;         // constants, key places, free places
    std::size_t constants = 0;                 // that many columns of the order are constants,
    std::size_t prefix = 0;                    // and these are constants or bound by the key
    std::vector<std::size_t> key_variables{};  // those of the columns [constants, prefix)
    bool graph_apart = false;   // the key binds the graph and no other place: a scan for each key
    bool checks_graph = false;  // the key binds the graph, too: compared row by row
    std::vector<std::pair<std::size_t, std::size_t>> equal{};    // columns of repeated variables
    std::vector<std::pair<std::size_t, std::size_t>> sources{};  // wanted variable ← column
  };
  Access access_for(std::uint32_t bound, std::uint32_t wanted) const;
  /// The key's values put into the pattern; nothing where no quad can match that.
  std::optional<Quad> quad_of(const std::vector<Column>& keys, std::size_t key) const;
  GraphScan scan_one(const Access& access, const Quad& quad) const;
  void sort_keys(const Access& access, const std::vector<Column>& keys, RowNumber* begin,
                 RowNumber* end);
  void find_group(const Access& access, const std::vector<Column>& keys, const RowNumber* begin,
                  const RowNumber* end, Matches& out);
  void collect(PrefixReader& reader, const Access& access, const Quad& quad, Matches& out,
               Matches::Range& range);
  /// Appends rows [begin, end) to the matches; false when the key has as many as are kept.
  void keep_rows(const Access& access, const Quad& quad, const QuadColumns& rows, std::size_t begin,
                 std::size_t end, Matches& out) const;
  void charge(const Access& access, std::size_t rows);

  ScanPattern pattern_;
  PatternShape shape_;
  QueryContext* context_ = nullptr;
  GraphChoice choice_{};
  std::optional<MemoryLease> lease_{};
  std::size_t charged_rows_ = 0;
  std::size_t most_per_key_ = 0, most_ = 0;
  std::vector<std::uint32_t> bounds_{};
  std::vector<RowNumber> sorted_{};

  // The stream of one key.
  Access stream_access_{};
  Quad stream_quad_{};
  std::optional<GraphScan> stream_{};
  QuadColumns stream_rows_{};
};

}  // namespace tripten
