// The main() of the crash tests, which is also that of the processes they kill.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "tests/crash/writer_process.h"

int main(int count, char** arguments) {
  if (const auto status = tripten::test::run_as_writer(count, arguments)) return *status;
  return Catch::Session().run(count, arguments);
}
