// SELECT with its grouping and solution modifiers.
#include <algorithm>
#include <utility>

#include "differential/random_pattern.h"

namespace tripten::test {

std::string RandomPattern::slice() {
  std::string text;
  if (!choices_.chance(25)) text += "LIMIT " + std::to_string(choices_.below(6)) + " ";
  if (text.empty() || choices_.chance(35))
    text += "OFFSET " + std::to_string(choices_.below(4)) + " ";
  return text;
}

/// `total`: an order that tells all solutions apart but for blank nodes.
std::string RandomPattern::order_by(const Names& visible, bool total, int depth) {
  std::string text = "ORDER BY ";
  if (total) {
    for (const std::string& name : visible) {
      const std::string direction = choices_.chance(30) ? "DESC" : "ASC";
      text += direction + "(isIRI(" + name + ")) " + direction + "(STR(" + name +
              ")) (STR(DATATYPE(" + name + "))) (LANG(" + name + ")) ";
    }
    return visible.empty() ? text + "(1) " : text;
  }
  for (int conditions = 1 + choices_.below(2); conditions > 0; --conditions) {
    const bool plain = !visible.empty() && choices_.chance(50);
    text += choices_.one_of({"", "ASC", "DESC"});
    text += "(" +
            (plain ? choices_.one_of(std::vector<std::string>(visible.begin(), visible.end()))
                   : expression(std::min(depth, 2))) +
            ") ";
  }
  return text;
}

std::string RandomPattern::aggregate() {
  const Names operands = std::exchange(operands_, {});
  const std::string open = choices_.chance(30) ? "(DISTINCT " : "(";
  std::string text = "COUNT" + open + "*)";
  if (!choices_.chance(10)) {
    const std::string argument = choices_.chance(30) ? value(1) : operand();
    if (choices_.chance(12))
      text = "GROUP_CONCAT" + open + argument + (choices_.chance(50) ? "; SEPARATOR=\"-\")" : ")");
    else
      text =
          choices_.one_of({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE"}) + open + argument + ")";
  }
  operands_ = operands;
  return text;
}

/// The keys of GROUP BY; `keys` and `taken` gain the names that they have.
std::string RandomPattern::group_by(Names& keys, Names& taken) {
  std::string text;
  for (int count = choices_.below(3); count > 0; --count) {
    const int kind = choices_.below(4);
    if (kind == 3) {
      text += "(" + value(1) + ") ";
    } else {
      const std::string name = kind == 2 ? fresh_name(taken) : variable();
      text += kind == 2 ? "(" + expression(1) + " AS " + name + ") " : name + " ";
      keys.insert(name);
      taken.insert(name);
    }
  }
  return text.empty() ? text : "GROUP BY " + text;
}

PatternText RandomPattern::grouped(const PatternText& where, const std::string& from, int depth) {
  PatternText query;
  Names keys, taken = where.visible;
  const std::string by = group_by(keys, taken);
  const auto over_group = [&](auto make) {
    operands_ = keys;
    operands_.insert(aggregate());
    if (choices_.chance(40)) operands_.insert(aggregate());
    std::string text = make();
    operands_ = {};
    return text;
  };
  std::string items;
  for (const std::string& key : keys)
    if (!choices_.chance(30)) {
      items += key + " ";
      query.visible.insert(key);
    }
  const int least = items.empty() || by.empty() ? 1 : 0;
  for (int count = least + choices_.below(2); count > 0; --count) {
    const std::string name = fresh_name(taken);
    items += "(";
    const bool is_plain = items == "(" || !choices_.chance(25);  // without GROUP BY one must be
    items += is_plain ? aggregate() : over_group([&] { return expression(1); });
    items += " AS " + name + ") ";
    query.visible.insert(name);
    taken.insert(name);
  }
  query.text = "SELECT " + choices_.one_of({"", "", "", "DISTINCT ", "REDUCED "}) + items + from +
               "WHERE " + where.text + " " + by;
  if (choices_.chance(25))
    query.text += "HAVING (" + over_group([&] { return truth(std::min(depth, 2)); }) + " || " +
                  aggregate() + " = 1) ";
  return query;
}

PatternText RandomPattern::plain(const PatternText& where, const std::string& from, int depth) {
  PatternText query;
  std::string items;
  if (!where.visible.empty() && choices_.chance(25)) {
    items = "* ";
    query.visible = where.visible;
  } else {
    Names taken = where.visible;
    for (const std::string& name : where.visible)
      if (!choices_.chance(40)) query.visible.insert(name);
    if (choices_.chance(5)) query.visible.insert(variable());
    for (const std::string& name : query.visible)
      items += name + " ";
    taken.insert(query.visible.begin(), query.visible.end());
    while (items.empty() || choices_.chance(12)) {
      const std::string name = fresh_name(taken);
      items += "(" + expression(std::min(depth, 2)) + " AS " + name + ") ";
      query.visible.insert(name);
      taken.insert(name);
    }
  }
  query.text = "SELECT " + choices_.one_of({"", "", "", "DISTINCT ", "REDUCED "}) + items + from +
               "WHERE " + where.text + " ";
  return query;
}

PatternText RandomPattern::select(int depth, const std::string& from) {
  const Names operands = std::exchange(operands_, {});
  const Names preferred = std::exchange(preferred_, {});
  const PatternText where = group(depth);
  preferred_ = where.visible;
  const bool groups = choices_.chance(20);
  PatternText query = groups ? grouped(where, from, depth) : plain(where, from, depth);
  const bool slices = choices_.chance(15);
  const bool total = slices && !choices_.chance(20);
  if (total || choices_.chance(12)) {
    if (groups) operands_ = query.visible;
    query.text += order_by(query.visible, total, depth);
    operands_ = {};
  }
  if (slices) query.text += slice();
  // Rows join before the projection: their names do not come out of it. (They might be in scope
  // of SELECT *, or be names that SELECT gives to an expression.)
  const bool may_have_rows =
      query.text.find(" AS ") == std::string::npos && query.text.find('*') == std::string::npos;
  if (may_have_rows && choices_.chance(5)) query.text += "VALUES " + values().text;
  preferred_ = preferred;
  operands_ = operands;
  return query;
}

}  // namespace tripten::test
