#include "base/text_pool.h"

#include <map>
#include <random>
#include <string>

#include <catch2/catch.hpp>

namespace tripten::test {

TEST_CASE("A text pool numbers texts in the order they come, and finds them") {
  std::mt19937 random(5);
  TextPool pool;
  std::map<std::string, std::uint64_t> model;
  CHECK_FALSE(pool.find("").has_value());
  for (int i = 0; i < 20'000; ++i) {
    // Lengths from none to some that have a chunk of their own.
    const std::size_t length = random() % 100 == 0 ? random() % 5000 : random() % 4;
    std::string text(length, 'x');
    for (char& c : text)
      c = static_cast<char>(random() % 5);
    const auto known = model.find(text);
    if (known != model.end()) {
      REQUIRE(pool.find(text) == known->second);
    } else {
      REQUIRE_FALSE(pool.find(text).has_value());
      REQUIRE(pool.add(text) == model.size());
      model.emplace(text, model.size());
    }
  }
  REQUIRE(pool.size() == model.size());
  for (const auto& [text, number] : model) {
    REQUIRE(pool[number] == text);
    REQUIRE(pool.find(text) == number);
  }
}

TEST_CASE("A text pool says how large it is") {
  TextPool pool;
  std::size_t texts = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::string text = "text " + std::to_string(i);
    pool.add(text);
    texts += text.size();
  }
  CHECK(pool.bytes() > texts + 100'000 * sizeof(std::string_view));
  CHECK(pool.bytes() < 2 * texts + 100'000 * 2 * 32);
  const std::size_t before = pool.bytes();
  pool.add(std::string(10'000'000, 'a'));
  CHECK(pool.bytes() >= before + 10'000'000);
  CHECK(pool.bytes() < before + 10'100'000);
}

}  // namespace tripten::test
