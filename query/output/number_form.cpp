#include "query/output/number_form.h"

#include "rdf/datatype.h"

namespace tripten {
namespace {

/// The parts of a number's text: sign, digits, point and digits, exponent.
struct NumberForm {
  bool plus = false;
  std::size_t whole = 0, part = 0, exponent = 0;
  bool leading_zero = false;
  bool has_point = false, has_exponent = false;
  bool valid = false;
};

std::size_t take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9')
    ++count;
  text.remove_prefix(count);
  return count;
}

NumberForm form_of(std::string_view text) {
  NumberForm form;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    form.plus = text[0] == '+';
    text.remove_prefix(1);
  }
  form.leading_zero = text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
  form.whole = take_digits(text);
  if (!text.empty() && text[0] == '.') {
    form.has_point = true;
    text.remove_prefix(1);
    form.part = take_digits(text);
  }
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    form.has_exponent = true;
    text.remove_prefix(1);
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    form.exponent = take_digits(text);
  }
  form.valid =
      text.empty() && form.whole + form.part > 0 && (!form.has_exponent || form.exponent > 0);
  return form;
}

}  // namespace

bool is_bare_number(const TermView& term) {
  if (term.datatype.empty()) return false;
  const Datatype type = datatype_of_iri(term.datatype);
  if (type != Datatype::Integer && type != Datatype::Decimal && type != Datatype::Double)
    return false;
  const NumberForm form = form_of(term.value);
  if (!form.valid) return false;
  if (type == Datatype::Double) return form.has_exponent;
  if (form.has_exponent) return false;
  return type == Datatype::Integer ? !form.has_point : form.part > 0;
}

bool is_json_number(const TermView& term) {
  if (term.kind != TermKind::Literal || term.datatype.empty() ||
      !is_numeric_type(datatype_of_iri(term.datatype)))
    return false;
  const NumberForm form = form_of(term.value);
  return form.valid && !form.plus && form.whole > 0 && !form.leading_zero &&
         (!form.has_point || form.part > 0);
}

}  // namespace tripten
