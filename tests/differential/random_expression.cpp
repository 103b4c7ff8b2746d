// Random expressions, every part in parentheses.
#include "differential/random_graph.h"
#include "differential/random_pattern.h"

namespace tripten::test {

std::string RandomPattern::operand() {
  if (choices_.chance(30)) return choices_.chance(25) ? iri() : random_literal(choices_);
  if (operands_.empty()) {
    if (preferred_.empty() || choices_.chance(12)) return variable();
    return choices_.one_of(std::vector<std::string>(preferred_.begin(), preferred_.end()));
  }
  return choices_.one_of(std::vector<std::string>(operands_.begin(), operands_.end()));
}

std::string RandomPattern::expression(int depth) {
  return choices_.chance(50) ? truth(depth) : value(depth);
}

std::string RandomPattern::exists(int depth) {
  return (choices_.chance(40) ? "NOT EXISTS " : "EXISTS ") + group(depth - 1).text;
}

std::string RandomPattern::truth(int depth) {
  const auto binary = [](const std::string& sign, const std::string& a, const std::string& b) {
    return "(" + a + " " + sign + " " + b + ")";
  };
  switch (choices_.below(depth > 0 ? 17 : 7)) {
    case 0:
    case 1:
      return binary(choices_.one_of({"=", "!="}), operand(), operand());
    case 2:
      return binary(choices_.one_of({"<", ">", "<=", ">="}), operand(), operand());
    case 3:
      if (!operands_.empty()) return binary("=", operand(), operand());
      return "BOUND(" + variable() + ")";
    case 4:
      return "sameTerm(" + operand() + ", " + operand() + ")";
    case 5:
      return binary(choices_.one_of({"IN", "NOT IN"}), operand(),
                    "(" + operand() + (choices_.chance(60) ? ", " + operand() : "") + ")");
    case 6:
      return choices_.one_of({"isIRI(", "isBlank(", "isLiteral(", "isNumeric("}) + operand() + ")";
    case 7:
    case 8:
      return binary("&&", truth(depth - 1), truth(depth - 1));
    case 9:
    case 10:
      return binary("||", truth(depth - 1), truth(depth - 1));
    case 11:
      return "(! " + expression(depth - 1) + ")";
    case 12:
      return binary(choices_.one_of({"=", "!=", "<", ">="}), value(depth - 1), value(depth - 1));
    case 13:
      return choices_.one_of({"STRSTARTS(", "STRENDS(", "CONTAINS("}) + value(depth - 1) + ", " +
             operand() + ")";
    case 14:
      return "REGEX(" + value(depth - 1) + ", " +
             choices_.one_of({"\"a\"", "\"^a\"", "\"1$\"", "\".\"", "\"B\", \"i\"", "\"^$\""}) +
             ")";
    default:
      return exists(depth);
  }
}

std::string RandomPattern::value(int depth) {
  if (depth <= 0 || choices_.chance(35)) return operand();
  switch (choices_.below(15)) {
    case 0:
      return choices_.one_of({"STR(", "LANG(", "DATATYPE("}) + value(depth - 1) + ")";
    case 1:
      return "(" + value(depth - 1) + " " + choices_.one_of({"+", "-", "*", "/"}) + " " +
             value(depth - 1) + ")";
    case 2:
      return "IF(" + expression(depth - 1) + ", " + value(depth - 1) + ", " + value(depth - 1) +
             ")";
    case 3:
      return "COALESCE(" + value(depth - 1) + ", " + value(depth - 1) + ")";
    case 4:
      return "STRLEN(STR(" + value(depth - 1) + "))";
    case 5:
      return "CONCAT(" + value(depth - 1) + ", " + value(depth - 1) + ")";
    case 6:
      return choices_.one_of({"UCASE(", "LCASE(", "STRLEN("}) + value(depth - 1) + ")";
    case 7:
      return "SUBSTR(" + value(depth - 1) + ", " + value(depth - 1) +
             (choices_.chance(40) ? ", 1)" : ")");
    case 8:
      return choices_.one_of({"ABS(", "ROUND(", "CEIL(", "FLOOR("}) + value(depth - 1) + ")";
    case 9:
      return "(" + choices_.one_of({"-", "+"}) + " " + value(depth - 1) + ")";
    case 10:
      return choices_.one_of({"xsd:integer(", "xsd:decimal(", "xsd:double(", "xsd:boolean(",
                              "xsd:string(", "xsd:float("}) +
             value(depth - 1) + ")";
    case 11:
      return choices_.one_of({"STRBEFORE(", "STRAFTER("}) + value(depth - 1) + ", " + operand() +
             ")";
    case 12:
      if (choices_.chance(50)) return "STRLANG(STR(" + value(depth - 1) + "), \"en\")";
      return "STRDT(STR(" + value(depth - 1) + "), " +
             choices_.one_of({"xsd:integer", ":type", "xsd:string"}) + ")";
    case 13:
      return "LANGMATCHES(LANG(" + value(depth - 1) + "), " +
             choices_.one_of({"\"en\"", "\"*\"", "\"de\""}) + ")";
    default:
      return truth(depth - 1);
  }
}

}  // namespace tripten::test
