#include <libfyaml.h>

#include "value.h"

namespace {
std::string anchor_of(fy_token* token) {
  std::size_t size = 0;
  const char* text = token ? fy_token_get_text(token, &size) : nullptr;
  return text ? std::string(text, size) : "";
}
int line_of(fy_event* event) {
  const fy_mark* mark = fy_event_start_mark(event);
  return mark ? mark->line + 1 : 0;
}
}  // namespace

Value parse_with_libfyaml(std::string_view text) {
  fy_parse_cfg config{};
  config.flags = FYPCF_QUIET;
  struct Parser {
    fy_parser* state;
    ~Parser() { fy_parser_destroy(state); }
  } parser{fy_parser_create(&config)};
  fy_parser_set_string(parser.state, text.data(), text.size());
  Builder builder;
  bool end = false;
  while (!end) {
    fy_event* event = fy_parser_parse(parser.state);
    if (!event) throw std::runtime_error("broken YAML");
    struct Guard {
      fy_parser* parser;
      fy_event* event;
      ~Guard() { fy_parser_event_free(parser, event); }
    } guard{parser.state, event};
    switch (event->type) {
      case FYET_SCALAR: {
        std::size_t size = 0;
        fy_token* token = event->scalar.value;
        const char* value = token ? fy_token_get_text(token, &size) : nullptr;
        bool plain = !token || fy_token_scalar_style(token) == FYSS_PLAIN;
        builder.scalar(value ? std::string_view(value, size) : "", plain, line_of(event),
                       anchor_of(event->scalar.anchor));
        break;
      }
      case FYET_SEQUENCE_START:
        builder.open(Value::Kind::List, line_of(event), anchor_of(event->sequence_start.anchor));
        break;
      case FYET_MAPPING_START:
        builder.open(Value::Kind::Map, line_of(event), anchor_of(event->mapping_start.anchor));
        break;
      case FYET_SEQUENCE_END:
      case FYET_MAPPING_END:
        builder.close();
        break;
      case FYET_ALIAS:
        builder.alias(anchor_of(event->alias.anchor));
        break;
      case FYET_STREAM_END:
        end = true;
        break;
      default:
        break;
    }
  }
  return builder.take();
}
