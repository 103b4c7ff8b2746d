// HTTP: one request, one answer. The only file that knows libcurl is the one beside it.
//
// A host that answers is not to be trusted: redirects, the time and the size of the answer are
// bounded, other protocols than http and https are refused also where a redirect names them, and
// certificates are verified. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"

namespace tripten {

struct HttpRequest {
  std::string method = "GET";
  std::string url{};
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::chrono::milliseconds timeout{60'000};        ///< Of the whole call; 0 is none.
  std::size_t most_bytes = std::size_t{256} << 20;  ///< Of the answer's body, decompressed.
  MemoryBudget* budget = nullptr;  ///< What the answer is charged to while it comes.
};

/// An answer with a status of success.
struct HttpResponse {
  int status = 0;
  std::string content_type{};  ///< As sent, parameters included.
  std::string body{};
  std::string url{};  ///< The one that answered, after redirects.
};

/// Sends the request and waits for the whole answer. Throws Io, with a sentence that names the
/// host and the reason, where there is none or its status is no success; Invalid for a URL that is
/// none or is neither http nor https; Limit where the budget has no room; what the interrupt throws
/// within 50 ms of its reason.
HttpResponse http_call(const HttpRequest& request, const Interrupt& interrupt);

}  // namespace tripten
