// Endpoints: the SPARQL services that a test's query asks, as databases in memory.
#pragma once

#include <map>
#include <string>

#include "w3c/setting.h"

namespace tripten {

/// Lives as long as the queries whose options answer() is in. One thread.
class Endpoints {
 public:
  Endpoints(const SuiteFolder& folder, const std::vector<ServiceData>& services,
            const Setting& setting);
  Endpoints(const Endpoints&) = delete;
  Endpoints& operator=(const Endpoints&) = delete;

  /// The options with these endpoints behind SERVICE.
  QueryOptions reached_from(QueryOptions options);

 private:
  /// The query's answer as JSON. An endpoint may ask another one. Io for one that is not there.
  ServiceAnswer answer(const ServiceRequest& request);

  const Setting& setting_;
  std::map<std::string, Database> databases_{};
};

}  // namespace tripten
