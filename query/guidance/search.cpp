#include "query/guidance/search.h"

#include <algorithm>
#include <set>

#include "base/letter_case.h"
#include "base/text_search.h"
#include "query/guidance/deadline.h"
#include "query/guidance/terms_by_prefix.h"

namespace tripten {

namespace {

class Search {
 public:
  Search(const StoreView& view, const DataSummary& summary, std::string_view words,
         const SearchOptions& options)
      : view_(view),
        summary_(summary),
        words_(to_ascii_lower(words)),
        options_(options),
        interrupt_(options.stop, std::chrono::milliseconds(0)),
        deadline_(options.time) {}

  /// Labels, whole ones before those that begin so, before those that hold the words.
  void labels() {
    std::vector<std::pair<TermId, TermId>> whole, begin, inside;  // predicate, label
    for (const TermId predicate : summary_.label_predicates) {
      const bool all = each_object(
          QuadOrder::Posg, QuadPattern{{kUnbound, predicate, kUnbound, kUnbound}}, 1,
          [&](TermId id, std::string_view text) {
            const std::size_t at = find_ignoring_case(text, words_);
            auto& list = at != 0 ? inside : text.size() == words_.size() ? whole : begin;
            if (at != std::string_view::npos && list.size() < options_.most)
              list.emplace_back(predicate, id);
            return true;
          });
      if (!all) result.complete = false;
    }
    add_all(whole);
    add_all(begin);
    add_all(inside);
  }

  /// Any literal that holds the words.
  void literals() {
    const bool all = each_object(QuadOrder::Ospg, {}, 0, [&](TermId id, std::string_view text) {
      if (find_ignoring_case(text, words_) != std::string_view::npos && !labels_.contains(id))
        add(QuadOrder::Ospg, QuadPattern{{kUnbound, kUnbound, id, kUnbound}}, false);
      return result.found.size() < options_.most;
    });
    if (!all) result.complete = false;
  }

  SearchResult result{};

 private:
  /// Calls `visit` for each different literal of a column, with its lexical form, until it returns
  /// false or the time is up: then the result is false.
  template <typename Visit>
  bool each_object(QuadOrder order, const QuadPattern& pattern, std::size_t column, Visit visit) {
    QuadScan scan = view_.scan(order, pattern);
    Quad row = to_order(pattern, order);
    row.terms[column] = TermId(IdKind::String, 0);
    scan.seek(row);
    ColumnRuns runs;
    EncodedTerms terms;
    while (scan.next_runs(runs, column + 1)) {
      interrupt_.check();
      if (deadline_.passed()) return false;
      const std::vector<TermId>& ids = runs.columns[column];
      std::size_t end = 0;
      while (end < ids.size() && ids[end].in_dictionary())
        ++end;
      for (std::size_t done = 0; done < end;) {
        view_.encoded_terms(std::span(ids).subspan(done, end - done), terms, kMostBytes);
        for (std::size_t i = 0; i < terms.size(); ++i, ++done) {
          std::string_view text = terms[i].substr(1);
          if (ids[done].kind() != IdKind::String) text = text.substr(0, text.rfind('\0'));
          if (!visit(ids[done], text)) return false;
        }
      }
      if (end < ids.size()) return true;  // numbers and dates come last
    }
    return true;
  }

  void add_all(const std::vector<std::pair<TermId, TermId>>& labels) {
    for (const auto& [predicate, label] : labels) {
      labels_.insert(label);
      add(QuadOrder::Posg, QuadPattern{{kUnbound, predicate, label, kUnbound}}, true);
    }
  }

  /// A few of those that bear a literal.
  void add(QuadOrder order, const QuadPattern& pattern, bool is_label) {
    constexpr std::size_t kMostBearers = 10;
    QuadScan scan = view_.scan(order, pattern);
    QuadColumns rows;
    if (!scan.next(rows, kMostBearers + 1)) return;
    if (rows.rows > kMostBearers) result.complete = false;
    for (std::size_t i = 0; i < std::min(rows.rows, kMostBearers); ++i) {
      const Quad quad = from_order(
          {{rows.columns[0][i], rows.columns[1][i], rows.columns[2][i], kUnbound}}, order);
      Found found{view_.term(quad.subject()), view_.term(quad.predicate()),
                  view_.term(quad.object()), is_label};
      if (std::find(result.found.begin(), result.found.end(), found) != result.found.end())
        continue;  // in another graph
      if (result.found.size() >= options_.most) {
        result.complete = false;
        return;
      }
      result.found.push_back(std::move(found));
    }
  }

  static constexpr std::size_t kMostBytes = std::size_t{4} << 20;

  const StoreView& view_;
  const DataSummary& summary_;
  const std::string words_;
  const SearchOptions& options_;
  const Interrupt interrupt_;
  const Deadline deadline_;
  std::set<TermId> labels_{};
};

}  // namespace

SearchResult search(const StoreView& view, const DataSummary& summary, std::string_view words,
                    const SearchOptions& options) {
  if (words.empty()) return {};
  Search search(view, summary, words, options);
  search.labels();
  if (search.result.found.size() < options.most) search.literals();
  return std::move(search.result);
}

SearchResult named(const StoreView& view, const DataSummary& summary, std::string_view name,
                   const SearchOptions& options) {
  SearchResult result;
  if (name.empty()) return result;
  std::set<std::pair<TermId, TermId>> seen;
  result.complete = labelled_exactly(
      view, summary, name, Deadline(options.time), [&](TermId subject, TermId label) {
        if (!seen.emplace(subject, label).second) return true;
        if (result.found.size() >= options.most) return false;
        result.found.push_back({view.term(subject), Term(), view.term(label), true});
        return true;
      });
  return result;
}

}  // namespace tripten
