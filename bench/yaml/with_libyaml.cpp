#include <yaml.h>

#include "value.h"

namespace {
std::string text_of(const yaml_char_t* text) {
  return text ? reinterpret_cast<const char*>(text) : "";
}
}  // namespace

Value parse_with_libyaml(std::string_view text) {
  struct Parser {
    yaml_parser_t state;
    Parser() { yaml_parser_initialize(&state); }
    ~Parser() { yaml_parser_delete(&state); }
  } parser;
  yaml_parser_set_input_string(&parser.state, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  Builder builder;
  for (bool end = false; !end;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser.state, &event)) throw std::runtime_error(parser.state.problem);
    struct Guard {
      yaml_event_t* event;
      ~Guard() { yaml_event_delete(event); }
    } guard{&event};
    int line = static_cast<int>(event.start_mark.line) + 1;
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        builder.scalar(
            {reinterpret_cast<const char*>(event.data.scalar.value), event.data.scalar.length},
            event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE, line,
            text_of(event.data.scalar.anchor));
        break;
      case YAML_SEQUENCE_START_EVENT:
        builder.open(Value::Kind::List, line, text_of(event.data.sequence_start.anchor));
        break;
      case YAML_MAPPING_START_EVENT:
        builder.open(Value::Kind::Map, line, text_of(event.data.mapping_start.anchor));
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        builder.close();
        break;
      case YAML_ALIAS_EVENT:
        builder.alias(text_of(event.data.alias.anchor));
        break;
      case YAML_STREAM_END_EVENT:
        end = true;
        break;
      default:
        break;
    }
  }
  return builder.take();
}
