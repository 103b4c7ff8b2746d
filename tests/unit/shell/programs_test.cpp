// Other programs: started without a shell, fed, limited in time and output.
#include "shell/programs.h"

#include <chrono>
#include <thread>

#include <catch2/catch.hpp>
#include <signal.h>

#include "tripten/error.h"

#include "shell/pager.h"

namespace tripten::shell {
namespace {

using namespace std::chrono_literals;

/// As the program does.
const auto kIgnored = signal(SIGPIPE, SIG_IGN);

TEST_CASE("A program gets its input and gives its output, both larger than a pipe holds") {
  std::string text;
  for (int i = 0; i < 100'000; ++i)
    text += "line " + std::to_string(i) + "\n";
  CHECK(run_program({"cat"}, text, 60s, {}) == text);
  CHECK(run_program({"printf", "%s", "$HOME; `x`"}, "", 60s, {}) == "$HOME; `x`");
  CHECK(run_program({"true"}, text, 60s, {}).empty());
}

TEST_CASE("A program that fails, is missing, or writes too much is an error in words") {
  CHECK_THROWS_WITH(run_program({"no-such-program-here"}, "", 60s, {}),
                    "there is no program no-such-program-here in PATH");
  CHECK_THROWS_WITH(run_program({"cat", "/nowhere/at/all"}, "", 60s, {}),
                    Catch::StartsWith("cat failed: cat: /nowhere"));
  CHECK_THROWS_WITH(run_program({"yes"}, "", 60s, {}, 100'000), "yes writes too much");
}

TEST_CASE("A program that takes too long is ended, and one that is stopped") {
  CHECK_THROWS_WITH(run_program({"sleep", "600"}, "", 1ms, {}), "sleep takes too long");
  std::stop_source source;
  source.request_stop();
  CHECK_THROWS_WITH(run_program({"sleep", "600"}, "", 600s, source.get_token()),
                    "sleep was interrupted");
}

TEST_CASE("A pager that leaves early makes its stream bad, and nothing worse") {
  const auto pager = Pager::start("head -n 1 > /dev/null");
  REQUIRE(pager);
  const std::string line(1000, 'x');
  for (int i = 0; i < 100'000 && pager->out(); ++i)
    pager->out() << line << '\n';
  CHECK_FALSE(pager->out());
  CHECK(pager->is_closed());
}

}  // namespace
}  // namespace tripten::shell
