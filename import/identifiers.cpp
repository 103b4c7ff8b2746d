// Every function is a small recogniser by hand: identifiers come from OCR and spreadsheets, and
// what is not exactly one is refused rather than repaired.
#include "import/identifiers.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "import/uri_template.h"
#include "import/vocabulary.h"

namespace tripten {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(text[i])) !=
        std::tolower(static_cast<unsigned char>(prefix[i])))
      return false;
  return true;
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  if (starts_with_ignoring_case(text, prefix)) text.remove_prefix(prefix.size());
  return text;
}

std::optional<std::string> digits(std::string_view text) {
  if (!all_digits(text) || text.size() > 18) return std::nullopt;
  return std::string(text);
}

/// Percent-encodes the bytes that `must` says.
template <typename Must>
std::string encoded(std::string_view text, Must must) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (must(static_cast<unsigned char>(c)))
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

bool is_no_iri_byte(unsigned char c) {
  return c <= 0x20 || c == 0x7F ||
         std::string_view("<>\"{}|^`\\").find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

std::string iri_segment(std::string_view text) {
  std::string out;
  append_percent_encoded(text, out);
  return out;
}

std::string iri_text(std::string_view text) {
  return encoded(text, is_no_iri_byte);
}

std::optional<std::string> gene_id(std::string_view text) {
  return digits(without_prefix(text, "ncbigene:"));
}

std::optional<std::string> mesh_id(std::string_view text) {
  text = without_prefix(text, "mesh:");
  if (text.size() < 2 || !is_letter(text[0]) || !digits(text.substr(1))) return std::nullopt;
  std::string id(text);
  id[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(id[0])));
  return id;
}

std::optional<std::string> chebi_id(std::string_view text) {
  return digits(without_prefix(text, "chebi:"));
}

std::optional<std::string> disease_id(std::string_view text) {
  return digits(without_prefix(text, "doid:"));
}

std::optional<std::string> taxon_id(std::string_view text) {
  text = without_prefix(text, "ncbitaxon_");
  return digits(without_prefix(without_prefix(text, "ncbitaxon:"), "taxon:"));
}

std::optional<std::string> pmc_id(std::string_view text) {
  if (!text.starts_with("PMC") || !digits(text.substr(3))) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> doi_id(std::string_view text) {
  for (std::string_view prefix : {"https://", "http://", "dx.", "doi.org/", "doi:"})
    text = without_prefix(text, prefix);
  if (!text.starts_with("10.") || text.find('/') == std::string_view::npos) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> obo_id(std::string_view text) {
  std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
  std::string_view prefix = text.substr(0, colon), local = text.substr(colon + 1);
  if (!std::all_of(prefix.begin(), prefix.end(), is_letter) || !digits(local)) return std::nullopt;
  return fmt::format("{}_{}", prefix, local);
}

std::string figure_iri(std::string_view figid) {
  return fmt::format("https://pfocr.wikipathways.org/figures/{}.html", iri_segment(figid));
}

std::string paper_iri(std::string_view pmcid) {
  return fmt::format("https://identifiers.org/pmc/{}", pmcid);
}

std::string gene_iri(std::string_view id) {
  return fmt::format("https://identifiers.org/ncbigene/{}", id);
}

std::string mesh_iri(std::string_view id) {
  return fmt::format("http://id.nlm.nih.gov/mesh/{}", id);
}

std::string taxon_iri(std::string_view id) {
  return fmt::format("{}{}", kTaxon, id);
}

std::string pathway_iri(std::string_view wpid) {
  return fmt::format("https://identifiers.org/wikipathways/{}", iri_segment(wpid));
}

std::optional<std::string> decimal_of(std::string_view number) {
  std::size_t at = 0;
  std::string sign;
  if (at < number.size() && (number[at] == '+' || number[at] == '-')) sign = number[at++];
  std::string whole, fraction;
  while (at < number.size() && is_digit(number[at]))
    whole += number[at++];
  if (at < number.size() && number[at] == '.') {
    ++at;
    while (at < number.size() && is_digit(number[at]))
      fraction += number[at++];
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  if (at == number.size()) return std::string(number);
  if (number[at] != 'e' && number[at] != 'E') return std::nullopt;
  const char* end = number.data() + number.size();
  const char* start = number.data() + at + 1;
  if (start != end && *start == '+') ++start;
  int exponent = 0;
  auto [stop, error] = std::from_chars(start, end, exponent);
  if (error != std::errc() || stop != end || exponent < -30 || exponent > 30) return std::nullopt;
  for (; exponent < 0; ++exponent) {  // The point moves to the left, one digit at a time.
    fraction.insert(fraction.begin(), whole.empty() ? '0' : whole.back());
    if (!whole.empty()) whole.pop_back();
  }
  for (; exponent > 0; --exponent) {
    whole += fraction.empty() ? '0' : fraction.front();
    if (!fraction.empty()) fraction.erase(0, 1);
  }
  std::size_t zeros = std::min(whole.find_first_not_of('0'), whole.size());
  whole.erase(0, zeros);
  if (whole.empty()) whole = "0";
  return sign + whole + (fraction.empty() ? "" : "." + fraction);
}

bool is_year(std::string_view text) {
  return text.size() == 4 && all_digits(text);
}

}  // namespace tripten
