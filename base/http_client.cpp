// libcurl's multi interface, so that the interrupt is asked while a host keeps silent: its easy
// interface would look only about once a second.
#include "base/http_client.h"

#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include <curl/curl.h>
#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

namespace {

constexpr long kMostRedirects = 10;
constexpr int kAskEveryMilliseconds = 20;
constexpr std::size_t kMostReason = 200;  // bytes of a failed answer that an error shows

void start_curl() {
  static std::once_flag started;
  std::call_once(started, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw Error(ErrorCode::Io, "the network library can't be started");
  });
}

/// What a URL's bytes beyond ASCII and its blanks are percent-encoded to; the host stays.
std::string encoded(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::size_t path = scheme == std::string_view::npos ? 0 : url.find_first_of("/?#", scheme + 3);
  if (path == std::string_view::npos) path = url.size();
  std::string out(url.substr(0, path));
  for (const char c : url.substr(path)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f)
      out += fmt::format("%{:02X}", byte);
    else
      out += c;
  }
  return out;
}

/// The host of a URL as messages name it; the URL itself where it has none.
std::string host_of(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
  char* host = nullptr;
  if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) ||
      curl_url_get(parts.get(), CURLUPART_HOST, &host, 0))
    return url;
  std::string name(host);
  curl_free(host);
  if (curl_url_get(parts.get(), CURLUPART_PORT, &host, 0) == CURLUE_OK) {
    name += fmt::format(":{}", host);
    curl_free(host);
  }
  return name;
}

/// The first line of a text, without control characters, cut at kMostReason bytes.
std::string first_line(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
    text.remove_prefix(1);
  text = text.substr(0, text.find_first_of("\r\n"));
  std::size_t end = std::min(text.size(), kMostReason);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  std::string line(text.substr(0, end));
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return line;
}

/// One call from its first byte to its last.
class Call {
 public:
  Call(const HttpRequest& request, const Interrupt& interrupt)
      : request_(request),
        interrupt_(interrupt),
        easy_(curl_easy_init()),
        multi_(curl_multi_init()) {
    if (request.budget) lease_.emplace(*request.budget);
    if (!easy_ || !multi_) throw Error(ErrorCode::Io, "the network library has no memory");
  }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  ~Call() {
    curl_multi_remove_handle(multi_, easy_);
    curl_multi_cleanup(multi_);
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
  }

  HttpResponse run() {
    set_options();
    curl_multi_add_handle(multi_, easy_);
    const CURLcode code = wait();
    interrupt_.check();
    if (failure_) std::rethrow_exception(failure_);
    if (code != CURLE_OK) fail(code);
    return finished();
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_, option, value) != CURLE_OK)
      throw Error(ErrorCode::Io, "the network library lacks an option that is needed");
  }

  void set_options() {
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, kMostRedirects);
    set(CURLOPT_POSTREDIR, static_cast<long>(CURL_REDIR_POST_301 | CURL_REDIR_POST_302));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // no waiting for a name server that keeps silent
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_USERAGENT, "tripten");
    set(CURLOPT_ERRORBUFFER, reason_);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
    set(CURLOPT_WRITEFUNCTION, &Call::take);
    set(CURLOPT_WRITEDATA, this);
    if (request_.method == "POST") {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
      set(CURLOPT_POSTFIELDS, request_.body.data());
      add_header("Expect:");  // no round trip before the body
    } else if (request_.method != "GET") {
      set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    }
    for (const auto& [name, value] : request_.headers)
      add_header(name + ": " + value);
    set(CURLOPT_HTTPHEADER, headers_);
  }

  void add_header(const std::string& line) {
    if (curl_slist* const longer = curl_slist_append(headers_, line.c_str())) headers_ = longer;
  }

  CURLcode wait() {
    int running = 1;
    while (running) {
      if (curl_multi_perform(multi_, &running) != CURLM_OK)
        throw Error(ErrorCode::Io, "the network library failed");
      if (!running) break;
      interrupt_.check();
      curl_multi_poll(multi_, nullptr, 0, kAskEveryMilliseconds, nullptr);
    }
    int left = 0;
    const CURLMsg* const message = curl_multi_info_read(multi_, &left);
    return message && message->msg == CURLMSG_DONE ? message->data.result : CURLE_RECV_ERROR;
  }

  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& call = *static_cast<Call*>(self);
    const std::size_t length = size * count;
    if (length > call.request_.most_bytes - call.body_.size()) {
      call.too_long_ = true;
      return CURL_WRITEFUNC_ERROR;
    }
    try {
      if (call.lease_) call.lease_->resize(call.body_.size() + length);
      call.body_.append(bytes, length);
    } catch (const Error&) {  // not through libcurl, which is C
      call.failure_ = std::current_exception();
      return CURL_WRITEFUNC_ERROR;
    }
    return length;
  }

  HttpResponse finished() {
    HttpResponse response;
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    const char* text = nullptr;
    if (curl_easy_getinfo(easy_, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text)
      response.content_type = text;
    text = nullptr;
    if (curl_easy_getinfo(easy_, CURLINFO_EFFECTIVE_URL, &text) == CURLE_OK && text)
      response.url = text;
    if (status < 200 || status > 299) {
      const std::string line = first_line(body_);
      throw Error(ErrorCode::Io, fmt::format("{} answers with status {}{}{}", host_of(url_), status,
                                             line.empty() ? "" : ": ", line));
    }
    response.status = static_cast<int>(status);
    response.body = std::move(body_);
    return response;
  }

  [[noreturn]] void fail(CURLcode code) const {
    const std::string host = host_of(url_);
    switch (code) {
      case CURLE_URL_MALFORMAT:
        throw Error(ErrorCode::Invalid, fmt::format("<{}> is no address", request_.url));
      case CURLE_UNSUPPORTED_PROTOCOL:
        throw Error(ErrorCode::Invalid,
                    fmt::format("<{}> leads to what is neither http nor https", request_.url));
      case CURLE_COULDNT_RESOLVE_HOST:
        throw Error(ErrorCode::Io, fmt::format("there is no host {}", host));
      case CURLE_COULDNT_CONNECT:
        throw Error(ErrorCode::Io, fmt::format("{} takes no connection", host));
      case CURLE_OPERATION_TIMEDOUT:
        throw Error(ErrorCode::Io,
                    fmt::format("{} did not answer within {} s", host,
                                static_cast<double>(request_.timeout.count()) / 1000));
      case CURLE_TOO_MANY_REDIRECTS:
        throw Error(ErrorCode::Io,
                    fmt::format("{} redirects more than {} times", host, kMostRedirects));
      case CURLE_PEER_FAILED_VERIFICATION:
        throw Error(ErrorCode::Io, fmt::format("the certificate of {} is not to be trusted: {}",
                                               host, first_line(reason_)));
      case CURLE_WRITE_ERROR:
        if (too_long_)
          throw Error(ErrorCode::Io, fmt::format("the answer of {} is longer than {} bytes", host,
                                                 request_.most_bytes));
        break;
      case CURLE_PARTIAL_FILE:
      case CURLE_GOT_NOTHING:
        throw Error(ErrorCode::Io, fmt::format("the answer of {} ends early", host));
      default:
        break;
    }
    const std::string reason = first_line(reason_);
    throw Error(ErrorCode::Io,
                fmt::format("{}: {}", host, reason.empty() ? curl_easy_strerror(code) : reason));
  }

  const HttpRequest& request_;
  const Interrupt& interrupt_;
  const std::string url_ = encoded(request_.url);
  CURL* easy_;
  CURLM* multi_;
  curl_slist* headers_ = nullptr;
  char reason_[CURL_ERROR_SIZE] = {};
  std::string body_{};
  std::optional<MemoryLease> lease_{};  // for body_
  bool too_long_ = false;
  std::exception_ptr failure_{};  // of take()
};

}  // namespace

HttpResponse http_call(const HttpRequest& request, const Interrupt& interrupt) {
  start_curl();
  interrupt.check();
  return Call(request, interrupt).run();
}

}  // namespace tripten
