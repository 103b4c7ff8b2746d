// Reads YAML by libyaml's events (docs/decisions/0003-yaml.md says why libyaml).
//
// The parser is a state machine without recursion. TreeBuilder keeps the open lists and maps on a
// stack of its own and holds every limit, so that neither depth nor aliases can take more memory
// than the limits say: an alias is counted as the nodes and bytes that it copies, before it does.
#include "import/yaml.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <yaml.h>

#include "tripten/error.h"

namespace tripten {

bool Yaml::is_null() const {
  return is_scalar() && plain &&
         (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

bool Yaml::is_empty() const {
  if (kind == Kind::List) return items.empty();
  if (kind == Kind::Map) return entries.empty();
  return text.empty() || is_null();
}

const Yaml* Yaml::find(std::string_view key) const {
  for (const YamlEntry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

namespace {

std::string text_of(const yaml_char_t* text) {
  return text ? reinterpret_cast<const char*>(text) : "";
}

/// What a value and everything inside it amount to.
struct Extent {
  std::size_t nodes = 0;
  std::size_t text = 0;
  std::size_t depth = 0;  // lists and maps inside one another; 0 for a scalar
};

Extent extent_of(const Yaml& value) {
  Extent sum{1, value.text.size(), value.is_scalar() ? std::size_t{0} : std::size_t{1}};
  auto add = [&](const Yaml& part) {
    Extent inside = extent_of(part);
    sum.nodes += inside.nodes;
    sum.text += inside.text;
    sum.depth = std::max(sum.depth, inside.depth + 1);
  };
  for (const Yaml& item : value.items)
    add(item);
  for (const YamlEntry& entry : value.entries) {
    add(entry.value);
    sum.text += entry.key.size();
  }
  return sum;
}

class TreeBuilder {
 public:
  TreeBuilder(const YamlLimits& limits, int first_line)
      : limits_(limits),
        first_line_(first_line) {}

  void event(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        scalar(event);
        break;
      case YAML_SEQUENCE_START_EVENT:
        open(Yaml::Kind::List, event, event.data.sequence_start.anchor);
        break;
      case YAML_MAPPING_START_EVENT:
        open(Yaml::Kind::Map, event, event.data.mapping_start.anchor);
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        close(event);
        break;
      case YAML_ALIAS_EVENT:
        alias(event);
        break;
      default:
        break;
    }
  }

  Yaml take() { return std::move(root_); }

 private:
  /// A list or map that has begun; of a map, the key that waits for its value, too.
  struct Open {
    Yaml value{};
    std::string anchor{};
    std::string key{};
    bool has_key = false;
    std::map<std::string, std::size_t, std::less<>> index{};  // key → entries, for large maps
  };

  Position position(const yaml_event_t& event) const {
    return {static_cast<int>(event.start_mark.line) + first_line_,
            static_cast<int>(event.start_mark.column) + 1};
  }

  [[noreturn]] void refuse(const yaml_event_t& event, const std::string& why) const {
    throw Error(ErrorCode::Invalid, why, position(event));
  }

  [[noreturn]] void refuse_depth(const yaml_event_t& event) const {
    refuse(event, fmt::format("the YAML is nested deeper than {} levels", limits_.depth));
  }

  void count(const yaml_event_t& event, Extent more) {
    used_.nodes += more.nodes;
    used_.text += more.text;
    if (used_.nodes > limits_.nodes)
      refuse(event, fmt::format("the YAML has more than {} values (aliases count as what they "
                                "stand for)",
                                limits_.nodes));
    if (used_.text > limits_.text)
      refuse(event, fmt::format("the YAML has more than {} bytes of text", limits_.text));
  }

  bool awaits_key() const {
    return !open_.empty() && open_.back().value.kind == Yaml::Kind::Map && !open_.back().has_key;
  }

  void scalar(const yaml_event_t& event) {
    const auto& data = event.data.scalar;
    std::string text(reinterpret_cast<const char*>(data.value), data.length);
    count(event, {1, text.size(), 0});
    if (awaits_key()) {
      open_.back().key = std::move(text);
      open_.back().has_key = true;
      return;
    }
    Yaml value;
    value.plain = data.style == YAML_PLAIN_SCALAR_STYLE;
    value.line = position(event).first;
    value.text = std::move(text);
    add(std::move(value), text_of(data.anchor));
  }

  void open(Yaml::Kind kind, const yaml_event_t& event, const yaml_char_t* anchor) {
    if (open_.size() >= limits_.depth) refuse_depth(event);
    if (awaits_key()) refuse(event, "a key of a YAML map is a list or a map, not a text");
    count(event, {1, 0, 1});
    Open opened;
    opened.value.kind = kind;
    opened.value.line = position(event).first;
    opened.anchor = text_of(anchor);
    open_.push_back(std::move(opened));
  }

  void close(const yaml_event_t&) {
    Open closed = std::move(open_.back());
    open_.pop_back();
    add(std::move(closed.value), closed.anchor);
  }

  void alias(const yaml_event_t& event) {
    std::string name = text_of(event.data.alias.anchor);
    auto found = anchors_.find(name);
    if (found == anchors_.end())
      refuse(event, fmt::format("the YAML alias *{} stands before what "
                                "it names",
                                name));
    Extent copied = extent_of(found->second);
    if (open_.size() + copied.depth > limits_.depth) refuse_depth(event);
    count(event, copied);
    if (awaits_key()) {
      if (!found->second.is_scalar()) refuse(event, "a key of a YAML map is an alias of a list");
      open_.back().key = found->second.text;
      open_.back().has_key = true;
      return;
    }
    add(Yaml(found->second), "");
  }

  void add(Yaml value, const std::string& anchor) {
    if (!anchor.empty()) anchors_[anchor] = value;
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().value.kind == Yaml::Kind::List) {
      open_.back().value.items.push_back(std::move(value));
    } else {
      add_entry(open_.back(), std::move(value));
    }
  }

  static void add_entry(Open& map, Yaml value) {
    map.has_key = false;
    auto [place, is_new] = map.index.try_emplace(map.key, map.value.entries.size());
    if (is_new) {
      map.value.entries.push_back({std::move(map.key), std::move(value)});
      return;
    }
    Yaml& first = map.value.entries[place->second].value;
    if (first.is_empty()) {
      first = std::move(value);
    } else if (first.kind == Yaml::Kind::List && value.kind == Yaml::Kind::List) {
      for (Yaml& item : value.items)
        first.items.push_back(std::move(item));
    } else if (!value.is_empty()) {
      ++map.value.dropped;
    }
  }

  YamlLimits limits_;
  int first_line_;
  Extent used_{};
  std::vector<Open> open_{};
  std::map<std::string, Yaml> anchors_{};
  Yaml root_{};
};

struct Parser {
  yaml_parser_t state{};
  Parser() {
    if (!yaml_parser_initialize(&state)) throw Error(ErrorCode::Limit, "no memory for YAML");
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { yaml_parser_delete(&state); }
};

struct Event {
  yaml_event_t value{};
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&value); }
};

[[noreturn]] void throw_problem(const yaml_parser_t& parser, int first_line) {
  if (parser.error == YAML_MEMORY_ERROR) throw Error(ErrorCode::Limit, "no memory for YAML");
  std::string message = parser.problem ? parser.problem : "it can't be read";
  if (parser.context) message = fmt::format("{} {}", message, parser.context);
  Position where{static_cast<int>(parser.problem_mark.line) + first_line,
                 static_cast<int>(parser.problem_mark.column) + 1};
  throw Error(ErrorCode::Syntax, "this is no YAML: " + message, where);
}

}  // namespace

Yaml parse_yaml(std::string_view text, const YamlLimits& limits, int first_line) {
  Parser parser;
  yaml_parser_set_input_string(&parser.state, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  yaml_parser_set_encoding(&parser.state, YAML_UTF8_ENCODING);
  TreeBuilder builder(limits, first_line);
  while (true) {
    Event event;
    if (!yaml_parser_parse(&parser.state, &event.value)) throw_problem(parser.state, first_line);
    if (event.value.type == YAML_STREAM_END_EVENT || event.value.type == YAML_DOCUMENT_END_EVENT)
      return builder.take();
    builder.event(event.value);
  }
}

}  // namespace tripten
