#include "base/in_threads.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace tripten {

void in_threads(std::size_t threads, const std::function<void(std::size_t number)>& work) {
  std::vector<std::exception_ptr> failures(threads);
  const auto run = [&](std::size_t number) {
    try {
      work(number);
    } catch (...) {  // the root of a thread: thrown again below
      failures[number] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t number = 1; number < threads; ++number)
      others.emplace_back(run, number);
    if (threads > 0) run(0);
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

std::size_t processor_threads() {
  // The library reads a file of the system for it: 3 microseconds, the third of a small query.
  static const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  return threads;
}

}  // namespace tripten
