// Where the translation of triples puts them, and what blank nodes are there.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/parse/translator.h"

namespace tripten {

/// In patterns blank nodes are variables, in templates and data they are terms; only patterns hold
/// paths, only patterns and templates variables.
class Translator::TripleSink {
 public:
  virtual ~TripleSink() = default;
  virtual void triple(PatternTerm subject, PatternTerm predicate, PatternTerm object) = 0;
  virtual void path(PatternTerm subject, PropertyPath path, PatternTerm object) = 0;
  /// A blank node of the text: with its label, or a new one.
  virtual PatternTerm blank(Parser::BlankNodeContext* context) = 0;
  virtual PatternTerm fresh_blank(antlr4::ParserRuleContext* at) = 0;
  /// Called for every variable, which may be refused.
  virtual void check_variable(Parser::VarContext*) {}
};

/// A block of triple patterns: a Bgp, and the paths beside it.
class Translator::PatternSink : public TripleSink {
 public:
  explicit PatternSink(Translator& translator) : translator_(translator) {}

  void triple(PatternTerm subject, PatternTerm predicate, PatternTerm object) override {
    translator_.check_patterns(1);
    bgp_.patterns.push_back({std::move(subject), std::move(predicate), std::move(object)});
  }
  void path(PatternTerm subject, PropertyPath path, PatternTerm object) override;
  PatternTerm blank(Parser::BlankNodeContext* context) override {
    return translator_.blank_variable(context);
  }
  PatternTerm fresh_blank(antlr4::ParserRuleContext*) override {
    return translator_.fresh_in_pattern('b');
  }

  /// The block as one pattern.
  GraphPattern take();

 private:
  GraphPattern translated(PatternTerm subject, PropertyPath path, PatternTerm object);

  Translator& translator_;
  Bgp bgp_{};
  std::vector<GraphPattern> paths_{};
};

/// A template or data: blank nodes keep their labels, `.n` ones are new.
class Translator::TemplateSink : public TripleSink {
 public:
  TemplateSink(Translator& translator, PatternTerm graph, bool blanks_allowed,
               bool variables_allowed)
      : translator_(translator),
        graph_(std::move(graph)),
        blanks_allowed_(blanks_allowed),
        variables_allowed_(variables_allowed) {}

  void triple(PatternTerm subject, PatternTerm predicate, PatternTerm object) override {
    quads.push_back({std::move(subject), std::move(predicate), std::move(object), graph_});
  }
  void path(PatternTerm, PropertyPath, PatternTerm) override;
  PatternTerm blank(Parser::BlankNodeContext* context) override;
  PatternTerm fresh_blank(antlr4::ParserRuleContext* at) override;
  void check_variable(Parser::VarContext* context) override;

  std::vector<QuadTemplate> quads{};

 private:
  void check_blank(antlr4::ParserRuleContext* at) const;

  Translator& translator_;
  PatternTerm graph_;
  bool blanks_allowed_, variables_allowed_;
};

/// Both patterns: one Bgp where both are, no Join where one is the unit.
GraphPattern join_patterns(GraphPattern left, GraphPattern right);

}  // namespace tripten
