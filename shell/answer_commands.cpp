// Dot commands about how answers are shown, and where they go.
#include <array>
#include <iostream>

#include "shell/dot_commands.h"

namespace tripten::shell {

namespace {

void mode(const DotCall& call) {
  if (call.argument.empty())
    std::cout << call.session.answers.mode() << '\n';
  else
    call.session.answers.set_mode(call.argument);
}

void labels(const DotCall& call) {
  bool& shown = call.session.answers.settings.labels;
  if (const std::optional<bool> to = call.on_or_off())
    shown = *to;
  else
    std::cout << (shown ? "on" : "off") << '\n';
}

void pager(const DotCall& call) {
  bool& used = call.session.answers.settings.pager;
  if (const std::optional<bool> to = call.on_or_off())
    used = *to;
  else
    std::cout << (used ? "on" : "off") << '\n';
}

/// The only word, or nothing.
std::string file_of(const DotCall& call) {
  const std::vector<std::string> words = call.words();
  if (words.size() > 1) throw call.usage();
  return words.empty() ? "" : words[0];
}

void output(const DotCall& call) {
  call.session.answers.write_to(file_of(call));
}

void once(const DotCall& call) {
  if (call.argument.empty()) throw call.usage();
  call.session.answers.write_next_to(file_of(call));
}

void last(const DotCall& call) {
  call.session.answers.show_last(call.argument, call.session.answer_request());
}

void draw(const DotCall& call, PictureFormat format) {
  if (call.argument.empty()) throw call.usage();
  call.session.answers.draw_last(format, file_of(call), call.session.answer_request());
}

void dot(const DotCall& call) {
  draw(call, PictureFormat::Dot);
}

void svg(const DotCall& call) {
  draw(call, PictureFormat::Svg);
}

constexpr std::array kCommands{
    DotCommand{".mode", "[FORMAT [ROWS]]",
               "sets how answers are shown: table box csv tsv json jsonl markdown xml line html; "
               "nt ttl nq trig for graphs; auto",
               ".mode box\n.mode table 100\n.mode table all\n.mode auto", DotArgument::Format,
               mode},
    DotCommand{".labels", "[on|off]", "shows labels beside IRIs", ".labels on", DotArgument::Switch,
               labels},
    DotCommand{".pager", "[on|off]", "shows long answers a screen at a time", ".pager on",
               DotArgument::Switch, pager},
    DotCommand{".last", "[FORMAT]", "shows the last answer again, in another format",
               ".last json\n.last", DotArgument::Format, last},
    DotCommand{".once", "FILE", "saves the next answer in a file", ".once drugs.csv",
               DotArgument::File, once},
    DotCommand{".output", "[FILE]", "saves answers in a file from now on; without FILE no longer",
               ".output answers.tsv\n.output", DotArgument::File, output},
    DotCommand{".dot", "FILE", "draws the last answer for Graphviz", ".dot pten.dot",
               DotArgument::File, dot},
    DotCommand{".svg", "FILE", "draws the last answer as a picture, by Graphviz", ".svg pten.svg",
               DotArgument::File, svg}};

}  // namespace

std::span<const DotCommand> answer_commands() {
  return kCommands;
}

}  // namespace tripten::shell
