// What every candidate has to produce: a tree of scalars, lists and maps, with the line and the
// quoting of each scalar, and with depth and size bounded.
#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct Value {
  enum class Kind { Scalar, List, Map };
  Kind kind = Kind::Scalar;
  bool plain = true;
  int line = 0;
  std::string text{};
  std::vector<std::string> keys{};  // of a Map, beside items
  std::vector<Value> items{};
};

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostNodes = 1'000'000;

/// Builds a Value from the events that all three libraries offer.
class Builder {
 public:
  void open(Value::Kind kind, int line, const std::string& anchor) {
    if (stack_.size() >= kMostDepth) throw std::runtime_error("too deep");
    count(1);
    Value value;
    value.kind = kind;
    value.line = line;
    stack_.push_back({std::move(value), anchor, {}, false});
  }
  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    add(std::move(done.value), done.anchor);
  }
  void scalar(std::string_view text, bool plain, int line, const std::string& anchor) {
    count(1);
    if (!stack_.empty() && stack_.back().value.kind == Value::Kind::Map && !stack_.back().has_key) {
      stack_.back().key = text;
      stack_.back().has_key = true;
      return;
    }
    Value value;
    value.plain = plain;
    value.line = line;
    value.text = text;
    add(std::move(value), anchor);
  }
  void alias(const std::string& name) {
    auto found = anchors_.find(name);
    if (found == anchors_.end()) throw std::runtime_error("unknown alias");
    count(nodes_in(found->second));
    add(Value(found->second), "");
  }
  Value take() { return std::move(root_); }

 private:
  struct Open {
    Value value;
    std::string anchor;
    std::string key;
    bool has_key = false;
  };
  static std::size_t nodes_in(const Value& value) {
    std::size_t sum = 1;
    for (const Value& item : value.items)
      sum += nodes_in(item);
    return sum;
  }
  void count(std::size_t nodes) {
    if ((nodes_ += nodes) > kMostNodes) throw std::runtime_error("too many nodes");
  }
  void add(Value value, const std::string& anchor) {
    if (!anchor.empty()) anchors_[anchor] = value;
    if (stack_.empty()) {
      root_ = std::move(value);
      return;
    }
    Open& parent = stack_.back();
    if (parent.value.kind == Value::Kind::Map) {
      if (!parent.has_key) throw std::runtime_error("a key that is no scalar");
      parent.value.keys.push_back(std::move(parent.key));
      parent.has_key = false;
    }
    parent.value.items.push_back(std::move(value));
  }
  std::vector<Open> stack_{};
  std::map<std::string, Value> anchors_{};
  Value root_{};
  std::size_t nodes_ = 0;
};

Value parse_with_libyaml(std::string_view text);
Value parse_with_libfyaml(std::string_view text);
Value parse_with_yaml_cpp(std::string_view text);
