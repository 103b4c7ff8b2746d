#include <streambuf>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "value.h"

namespace {

struct ViewBuffer : std::streambuf {
  explicit ViewBuffer(std::string_view text) {
    char* start = const_cast<char*>(text.data());
    setg(start, start, start + text.size());
  }
};

// yaml-cpp tells the quoting by the tag alone: "!" for a quoted scalar, "?" for a plain one.
class Handler : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    builder.scalar("", true, mark.line + 1, name(anchor));
  }
  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override { builder.alias(name(anchor)); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    builder.scalar(value, tag != "!", mark.line + 1, name(anchor));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    builder.open(Value::Kind::List, mark.line + 1, name(anchor));
  }
  void OnSequenceEnd() override { builder.close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    builder.open(Value::Kind::Map, mark.line + 1, name(anchor));
  }
  void OnMapEnd() override { builder.close(); }

  Builder builder{};

 private:
  static std::string name(YAML::anchor_t anchor) {
    return anchor == YAML::NullAnchor ? "" : std::to_string(anchor);
  }
};

}  // namespace

Value parse_with_yaml_cpp(std::string_view text) {
  ViewBuffer buffer(text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  Handler handler;
  parser.HandleNextDocument(handler);
  return handler.builder.take();
}
