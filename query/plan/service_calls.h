// ServiceCalls: the queries that one query sends to SPARQL services, and their answers as rows.
//
// An answer is kept while the query runs: the same text to the same service is the same answer, as
// often as a plan comes back to it (GRAPH ?g around a SERVICE, EXISTS, rows by the chunk).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "query/exec/row_table.h"
#include "query/expr/query_context.h"

namespace tripten {

struct ServiceOptions {
  bool allowed = false;
  std::chrono::milliseconds timeout{60'000};
  std::function<ServiceAnswer(const ServiceRequest&)> transport{};  ///< Empty: HTTP.
};

class ServiceCalls {
 public:
  explicit ServiceCalls(ServiceOptions options) : options_(std::move(options)) {}

  /// The rows that the service answers `query` with, a column for each of `variables`. Throws Io
  /// for any failure of the call; Cancelled and Limit for what ends the query itself.
  std::shared_ptr<const RowTable> call(const std::string& endpoint, const std::string& query,
                                       const std::vector<Variable>& variables,
                                       QueryContext& context);

 private:
  ServiceAnswer send(const std::string& endpoint, const std::string& query,
                     const QueryContext& context) const;
  void keep(std::string key, std::shared_ptr<const RowTable> rows);

  ServiceOptions options_;
  std::map<std::string, std::shared_ptr<const RowTable>> answers_{};  // by service and query
  std::size_t kept_bytes_ = 0;                                        // of answers_ and its keys
};

/// The first SERVICE of a pattern that would be called here, those of EXISTS included; null where
/// there is none.
const Service* first_service(const GraphPattern& pattern);

}  // namespace tripten
