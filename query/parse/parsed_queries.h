// ParsedQueries: the queries that were parsed lately, by their shape.
//
// A text that came before is not parsed again, and neither is one that differs from another in
// constants alone (query/parse/query_shape.h). The second text of a shape is parsed with marks in
// place of its constants; where the algebra of that, with the first text's constants put in for the
// marks, is the first text's algebra, constants are put in for every text that follows. So what the
// grammar makes of a constant is never guessed: a shape for which it would come out otherwise is
// kept by its texts.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "query/algebra/query.h"
#include "query/parse/parse.h"

namespace tripten {

struct QueryShape;  // query/parse/query_shape.h

struct ParsedQuery {
  std::shared_ptr<const Query> query{};
  bool is_cached = false;  ///< The grammar was not asked.
};

/// Shared: all threads may ask one. Holds at most the bytes given, of the queries used last.
class ParsedQueries {
 public:
  static constexpr std::size_t kDefaultBytes = std::size_t{8} << 20;

  explicit ParsedQueries(std::size_t bytes = kDefaultBytes);
  ~ParsedQueries();

  /// As parse_query().
  ParsedQuery parse(std::string_view text, const ParseOptions& options);

  std::size_t bytes() const;  ///< In use.

 private:
  struct Entry;
  using EntryPtr = std::shared_ptr<const Entry>;

  EntryPtr find(const std::string& key);
  void keep(const std::string& key, Entry entry);
  ParsedQuery query_of(const Entry& entry, const std::string& key, const QueryShape& shape,
                       const std::string& source, const ParseOptions& options);
  static Entry learnt(const Entry& entry, const QueryShape& shape, const ParseOptions& options);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_{};
  /// The used last first; the map's keys are the list's.
  std::list<std::pair<std::string, EntryPtr>> entries_{};
  std::unordered_map<std::string_view, decltype(entries_)::iterator> by_key_{};
  std::size_t bytes_ = 0;
};

}  // namespace tripten
