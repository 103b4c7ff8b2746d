#include "w3c/endpoints.h"

#include <sstream>

namespace tripten {

Endpoints::Endpoints(const SuiteFolder& folder, const std::vector<ServiceData>& services,
                     const Setting& setting)
    : setting_(setting) {
  for (const ServiceData& service : services)
    databases_.emplace(service.endpoint, database_with(folder, service.data, setting));
}

QueryOptions Endpoints::reached_from(QueryOptions options) {
  options.allow_service = true;
  options.service = [this](const ServiceRequest& request) { return answer(request); };
  return options;
}

ServiceAnswer Endpoints::answer(const ServiceRequest& request) {
  const auto found = databases_.find(request.endpoint);
  if (found == databases_.end())
    throw Error(ErrorCode::Io, "nothing answers at <" + request.endpoint + ">");
  Result result = found->second.query(request.query, reached_from(setting_.query));
  std::ostringstream body;
  result.write(body, Format::Json);
  return {"application/sparql-results+json", body.str()};
}

}  // namespace tripten
