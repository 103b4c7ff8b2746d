#include "rdf/xml_message.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace tripten {

std::string reworded_xml_message(std::string_view message, bool is_at_end) {
  for (const std::string_view prefix :
       {"XML parser error: ", "XML parser error - ", "internal error: "})
    if (message.starts_with(prefix)) message.remove_prefix(prefix.size());
  if (message.starts_with("xmlParse") && message.find(": ") < message.find(' '))
    message.remove_prefix(message.find(": ") + 2);  // a function of libxml2
  if (message.find("no element found") != std::string_view::npos ||
      message.find("Document is empty") != std::string_view::npos)
    return "expected an XML element, found none";
  if (is_at_end) return "the document ends before all its elements do";
  constexpr std::string_view kMismatch = "Opening and ending tag mismatch: ";
  if (message.starts_with(kMismatch)) {
    const std::string_view names = message.substr(kMismatch.size());
    const std::size_t end = names.rfind(" and ");
    if (end != std::string_view::npos)
      return fmt::format("expected </{}>, found </{}>", names.substr(0, names.find(' ')),
                         names.substr(end + 5, names.find('\n', end) - end - 5));
  }
  return excerpt(message.substr(0, message.find('\n')), 200);
}

}  // namespace tripten
