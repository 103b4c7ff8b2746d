// Dot commands about the database: opening, loading, transactions, copies.
#include <array>
#include <iostream>

#include <fmt/format.h>

#include "shell/back_up.h"
#include "shell/dot_commands.h"
#include "shell/dump_file.h"
#include "shell/load_report.h"
#include "shell/open_database.h"
#include "shell/report_error.h"
#include "shell/short_names.h"
#include "shell/write_info.h"

namespace tripten::shell {

namespace {

void open(const DotCall& call) {
  std::vector<std::string> words = call.words();
  const bool read_only = std::erase(words, "--read-only") > 0;
  if (words.empty()) {
    std::cout << call.session.name() << (call.session.is_read_only ? " (read-only)" : "") << '\n';
    return;
  }
  if (words.size() != 1) throw call.usage();
  try {
    call.session.open(words[0], read_only);
  } catch (const Error& error) {
    if (error.code != ErrorCode::Busy) throw;
    throw Error(error.code, fmt::format("{}; .open {} --read-only opens it all the same",
                                        error.what(), words[0]));
  }
}

void load(const DotCall& call) {
  const std::vector<std::string> words = call.words();
  if (words.empty()) throw call.usage();
  call.session.refuse_in_transaction("a load is one of its own");
  load_files(call.session.database(), {words.begin(), words.end()},
             {.memory_limit = call.session.settings.memory, .stop = call.session.stop()});
}

void begin(const DotCall& call) {
  call.session.begin();
  if (call.session.audience() == Audience::Person)
    report_note("what follows is kept by .commit and undone by .rollback");
}

void commit(const DotCall& call) {
  call.session.commit();
}

void rollback(const DotCall& call) {
  call.session.rollback();
}

/// `.dump`, `.dump FORMAT`, `.dump FILE`, `.dump FILE FORMAT`.
void dump(const DotCall& call) {
  std::vector<std::string> words = call.words();
  if (words.size() > 2) throw call.usage();
  Format format = Format::NQuads;
  if (!words.empty() && format_named(words.back())) {
    format = parse_format(words.back());
    words.pop_back();
  } else if (!words.empty() && format_of_file(words[0]) != Format::Guess) {
    format = format_of_file(words[0]);
  }
  const Snapshot data = call.session.data();
  if (words.empty()) return data.dump(std::cout, format, {}, call.session.stop());
  if (!holds_graph(format))
    throw UsageError(
        fmt::format("{} holds no graph; there are nq, trig, nt and ttl", name_of(format)));
  dump_to_file(data, words[0], format, call.session.stop());
}

void backup(const DotCall& call) {
  const std::vector<std::string> words = call.words();
  if (words.size() != 1) throw call.usage();
  back_up(call.session.database(), words[0], call.session.stop());
}

void info(const DotCall& call) {
  if (!call.argument.empty() && call.argument != "all") throw call.usage();
  const ShortNames names(call.session.settings.prefixes);
  write_info(std::cout, call.session.data().info(), !call.argument.empty(), ".info all",
             [&](const Term& term) { return names.of(term); });
}

constexpr std::array kCommands{
    DotCommand{".open", "[DB] [--read-only]", "opens another database, or says which one is open",
               ".open my.db\n.open :memory:\n.open my.db --read-only", DotArgument::File, open},
    DotCommand{".load", "FILE...", "adds (imports) files or folders, all of them or nothing",
               ".load people.ttl\n.load figures/ drugs.tsv", DotArgument::File, load},
    DotCommand{".begin", "", "begins a transaction: updates are kept together or not at all",
               ".begin", DotArgument::None, begin},
    DotCommand{".commit", "", "keeps what the transaction did", ".commit", DotArgument::None,
               commit},
    DotCommand{".rollback", "", "undoes what the transaction did", ".rollback", DotArgument::None,
               rollback},
    DotCommand{".dump", "[FILE] [FORMAT]",
               "writes (exports) all quads: nq, trig; nt or ttl the default graph",
               ".dump all.nq\n.dump trig", DotArgument::File, dump},
    DotCommand{".backup", "DIR", "adds a consistent copy to a folder of backups",
               ".backup /backups/my", DotArgument::File, backup},
    DotCommand{".info", "[all]", "shows counts, sizes, graphs, predicates and classes",
               ".info\n.info all", DotArgument::Text, info}};

}  // namespace

std::span<const DotCommand> database_commands() {
  return kCommands;
}

}  // namespace tripten::shell
