// tripten(1) in the macros of man(7).
#include <algorithm>
#include <ostream>
#include <string>

#include <fmt/format.h>

#include "shell/help_documents.h"

namespace tripten::shell {

namespace {

/// Text that roff takes as it is: hyphens that can be copied, no line that is a request.
std::string roff(std::string_view text) {
  std::string out;
  bool at_line_start = true;
  for (const char c : text) {
    if (at_line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '~')
      out += "\\(ti";
    else if (c == '^')
      out += "\\(ha";
    else if (c == '`')
      out += "\\(ga";
    else if (c == '\'')
      out += "\\(aq";
    else
      out += c;
    at_line_start = c == '\n';
  }
  return out;
}

void write_examples(std::ostream& out, std::string_view examples) {
  if (examples.empty()) return;
  out << ".PP\n.nf\n.RS 4\n";
  while (!examples.empty()) {
    const std::size_t end = std::min(examples.find('\n'), examples.size());
    std::string_view line = examples.substr(0, end);
    examples.remove_prefix(std::min(end + 1, examples.size()));
    if (line.starts_with("  ")) line.remove_prefix(2);
    out << roff(line) << '\n';
  }
  out << ".RE\n.fi\n";
}

void write_option(std::ostream& out, const OptionText& option) {
  out << ".TP\n";
  if (!option.short_name.empty()) out << "\\fB" << roff(option.short_name) << "\\fR, ";
  out << "\\fB" << roff(option.long_name) << "\\fR";
  if (!option.value.empty())
    out << fmt::format(fmt::runtime(option.value_is_optional ? "[=\\fI{}\\fR]" : " \\fI{}\\fR"),
                       roff(option.value));
  out << '\n' << roff(sentence(option.description));
  if (!option.preset.empty()) out << roff(" Default: " + option.preset + ".");
  out << '\n';
}

bool contains(const std::vector<OptionText>& options, const std::string& long_name) {
  return std::ranges::find(options, long_name, &OptionText::long_name) != options.end();
}

void write_command(std::ostream& out, const Command& command,
                   const std::vector<OptionText>& shared) {
  out << fmt::format(".SS tripten {} \\fI{}\\fR\n{}\n", command.name, roff(command.arguments),
                     roff(sentence(command.summary)));
  const std::vector<OptionText> options = option_texts(command);
  const bool has_shared = contains(options, shared.front().long_name);
  for (const OptionText& option : options)
    if (option.long_name != "--help" && !(has_shared && contains(shared, option.long_name)))
      write_option(out, option);
  if (!command.formats.empty()) out << ".PP\nFormats: " << roff(command.formats) << ".\n";
  if (has_shared) out << ".PP\nAlso the options of queries, below.\n";
  write_examples(out, command.examples);
}

void write_front(std::ostream& out) {
  out << ".TH TRIPTEN 1 \"\" \"Tripten " << TRIPTEN_VERSION
      << "\" \"User Commands\"\n"
         ".SH NAME\ntripten \\- an embedded RDF database, queried with SPARQL 1.1\n"
         ".SH SYNOPSIS\n\\fBtripten\\fR \\fICOMMAND\\fR \\fIDATABASE\\fR ...\n.br\n"
         "\\fBtripten help\\fR [\\fICOMMAND\\fR]\n"
         ".SH DESCRIPTION\n"
         "A database is a directory. Results go to standard output, everything else to standard "
         "error. On a terminal answers are tables and graphs are Turtle, elsewhere TSV and "
         "N\\-Triples.\n.PP\n"
         "\\fBload\\fR, \\fBupdate\\fR, \\fBrun\\fR, \\fBshell\\fR and \\fBrestore\\fR make the "
         "database where there is nothing or an empty directory, and say so.\n";
}

void write_surroundings(std::ostream& out) {
  out << ".SH EXIT STATUS\n";
  for (const ExitCodeText& text : exit_code_texts())
    out << ".TP\n" << text.code << '\n' << roff(sentence(text.meaning)) << '\n';
  out << ".PP\nAn error is one line that begins with \\fBerror:\\fR.\n"
         ".SH ENVIRONMENT\n"
         ".TP\n\\fBNO_COLOR\\fR\nIf set, nothing is coloured.\n"
         ".TP\n\\fBPAGER\\fR\nWhat the shell shows long answers with.\n"
         ".SH FILES\n"
         ".TP\n\\fI\\(ti/.config/tripten/config\\fR\nSettings and prefixes of the shell.\n"
         ".TP\n\\fI\\(ti/.local/state/tripten/history\\fR\nStatements typed in the shell.\n"
         ".SH SEE ALSO\nThe tutorial and the references are in "
         "\\fI/usr/share/doc/tripten\\fR. SPARQL 1.1: https://www.w3.org/TR/sparql11\\-query/\n";
}

}  // namespace

void write_manual_page(std::ostream& out, const HelpTables& tables) {
  const std::vector<OptionText> shared = query_option_texts();
  write_front(out);
  out << ".SH COMMANDS\n";
  for (const Command* command : tables.commands)
    write_command(out, *command, shared);
  out << ".SH OPTIONS OF QUERIES\n";
  for (const OptionText& option : shared)
    write_option(out, option);
  if (!tables.dot_commands.empty()) {
    out << ".SH DOT COMMANDS\nIn the shell and in scripts.\n";
    std::string_view group;
    for (const DotCommandText& command : tables.dot_commands) {
      if (command.group != group) out << ".SS " << roff(command.group) << '\n';
      group = command.group;
      out << fmt::format(".TP\n\\fB{}\\fR \\fI{}\\fR\n{}\n", roff(command.name),
                         roff(command.arguments), roff(sentence(command.summary)));
    }
  }
  write_surroundings(out);
}

}  // namespace tripten::shell
