#include "shell/answers.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <iostream>
#include <utility>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/graph_picture.h"
#include "shell/pager.h"
#include "shell/quantities.h"
#include "shell/query_options.h"
#include "shell/report_error.h"
#include "shell/terminal.h"
#include "shell/visible_stream.h"

namespace tripten::shell {

namespace {

bool is_table(Format format) {
  return format == Format::Table || format == Format::Box;
}

/// What a file's name says it should hold; Guess where it says nothing.
Format format_of_name(const std::string& file) {
  const std::size_t dot = file.find_last_of("./");
  if (dot == std::string::npos || file[dot] == '/') return Format::Guess;
  const std::string ending = file.substr(dot + 1);
  if (ending == "md") return Format::Markdown;
  const Format format = format_named(ending).value_or(Format::Guess);
  return format == Format::RdfXml || format == Format::Figure ? Format::Guess : format;
}

std::ofstream opened(const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  if (!out) throw Error(ErrorCode::Io, fmt::format("{}: {}", file, std::strerror(errno)));
  return out;
}

/// Without the columns that no row has a term in.
SolutionTable without_empty_columns(const SolutionTable& table) {
  SolutionTable kept{.rows = std::vector<std::vector<Term>>(table.rows.size())};
  for (std::size_t column = 0; column < table.variables.size(); ++column) {
    if (std::ranges::none_of(table.rows, [&](const auto& row) { return bool(row[column]); }))
      continue;
    kept.variables.push_back(table.variables[column]);
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      kept.rows[row].push_back(table.rows[row][column]);
  }
  return kept;
}

}  // namespace

/// Where one answer goes, and as what.
struct Answers::Destination {
  std::ofstream once{};
  std::unique_ptr<Pager> pager{};
  std::unique_ptr<VisibleStream> visible{};  // in front of a terminal or pager
  std::ostream* out = &std::cout;
  std::string file{};  // the name, where it is one
  bool is_terminal = false;
  Format format = Format::Guess;

  /// Writes the answer by `write`; that a terminal's reader goes early is no error.
  template <typename Write>
  void take(Write write) {
    try {
      write();
    } catch (const Error& error) {
      if (error.code != ErrorCode::Io || !pager || !pager->is_closed()) throw;
    }
  }
};

Answers::Answers(AnswerSettings chosen) : settings(std::move(chosen)) {}

void Answers::set_mode(std::string_view text) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string_view name = text.substr(0, blank);
  std::string_view rows = text.substr(blank);
  rows.remove_prefix(std::min(rows.find_first_not_of(' '), rows.size()));
  if (name == "auto") {
    settings.solutions = settings.graphs = Format::Guess;
  } else {
    const Format format = parse_format(std::string(name));
    (holds_graph(format) ? settings.graphs : settings.solutions) = format;
  }
  if (!rows.empty()) set_rows(rows);
}

void Answers::set_rows(std::string_view text) {
  std::uint64_t rows = 0;
  if (text != "all") {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), rows);
    if (failure != std::errc() || end != text.data() + text.size() || rows == 0)
      throw UsageError(fmt::format("'{}' is no number of rows; give one, or all", text));
  }
  settings.rows = rows;
}

std::string Answers::mode() const {
  const auto name = [](Format format, std::string_view automatic) {
    return format == Format::Guess ? fmt::format("auto ({})", automatic)
                                   : std::string(name_of(format));
  };
  const bool terminal = output_is_terminal();
  return fmt::format("solutions: {}, {}; graphs: {}",
                     name(settings.solutions, terminal ? "table" : "tsv"),
                     settings.rows > 0 ? fmt::format("at most {} rows", settings.rows) : "all rows",
                     name(settings.graphs, terminal ? "ttl" : "nt"));
}

void Answers::write_to(const std::string& file) {
  file_ = file.empty() ? std::ofstream() : opened(file);
  file_name_ = file;
}

void Answers::write_next_to(const std::string& file) {
  next_file_ = file;
}

Answers::Destination Answers::destination(bool is_graph, std::optional<Format> wanted) {
  Destination to;
  if (const std::string once = std::exchange(next_file_, ""); !once.empty()) {
    to.once = opened(once);
    to.out = &to.once;
    to.file = once;
  } else if (!file_name_.empty()) {
    to.out = &file_;
    to.file = file_name_;
  } else {
    to.is_terminal = output_is_terminal();
  }
  // What is asked for by name, then what the file's name says, then what is set.
  const Format named = format_of_name(to.file);
  const Format set = is_graph ? settings.graphs : settings.solutions;
  if (wanted)
    to.format = *wanted;
  else if (named != Format::Guess && holds_graph(named) == is_graph)
    to.format = named;
  else
    to.format = set;
  if (to.format == Format::Guess) {
    if (is_graph)
      to.format = to.is_terminal ? Format::Turtle : Format::NTriples;
    else
      to.format = to.is_terminal ? Format::Table : Format::Tsv;
  }
  if (to.is_terminal && settings.pager && terminal_obeys()) {
    std::cout << std::flush;
    if (const std::string command = pager_command(); !command.empty())
      to.pager = Pager::start(command);
    if (to.pager) to.out = &to.pager->out();
  }
  if (to.is_terminal) {
    to.visible = std::make_unique<VisibleStream>(*to.out);
    to.out = to.visible.get();
  }
  return to;
}

WriteOptions Answers::options_for(const Destination& to, const AnswerRequest& request) const {
  WriteOptions options{.footer = !to.is_terminal, .prefixes = settings.prefixes};
  if (to.is_terminal) options.width = terminal_width();
  if (to.is_terminal && !to.pager) options.rows = settings.rows;
  if (settings.labels && request.ask)
    options.labels = [ask = request.ask](const std::vector<Term>& terms) {
      return labels_of(terms, ask, preferred_languages());
    };
  return options;
}

void Answers::finish(Destination& to, std::uint64_t rows, const AnswerRequest& request) {
  if (!to.file.empty() && error_is_terminal())
    report_note(fmt::format("{} row{} written to {}", with_separators(rows), rows == 1 ? "" : "s",
                            to.file));
  if (!to.is_terminal || !(is_table(to.format) || to.format == Format::Line)) return;
  std::string footer = fmt::format("{} row{}", with_separators(rows), rows == 1 ? "" : "s");
  if (is_table(to.format) && !to.pager && settings.rows > 0 && rows > settings.rows)
    footer += fmt::format(" ({} shown)", with_separators(settings.rows));
  if (settings.timer && request.began)
    footer += ", " + readable_duration(std::chrono::steady_clock::now() - *request.began);
  *to.out << footer << '\n' << std::flush;
}

void Answers::show(Result& result, const AnswerRequest& request) {
  Destination to = destination(result.is_graph(), request.format);
  WriteOptions options = options_for(to, request);
  if (settings.remembers) {
    last_.emplace();
    options.keep = &*last_;
  }
  to.take([&] { result.write(*to.out, to.format, options); });
  if (!result.is_boolean()) finish(to, result.rows_read(), request);
}

void Answers::show(const SolutionTable& table, const AnswerRequest& request) {
  Destination to = destination(false, request.format);
  WriteOptions options = options_for(to, request);
  options.unbound = "";  // the shell's own tables say nothing by it
  to.take([&] {
    write_solutions(*to.out, to.is_terminal ? without_empty_columns(table) : table, to.format,
                    options);
  });
  finish(to, table.rows.size(), request);
}

void Answers::show_last(std::string_view mode, const AnswerRequest& request) {
  const KeptAnswer& answer = last();
  std::optional<Format> wanted;
  if (!mode.empty()) wanted = parse_format(std::string(mode));
  if (wanted && holds_graph(*wanted) && !answer.is_graph)
    throw Error(ErrorCode::Invalid,
                fmt::format("the last answer is a table of solutions, which {} can't hold",
                            name_of(*wanted)));
  Destination to = destination(answer.is_graph, wanted);
  WriteOptions options = options_for(to, request);
  for (const auto& [prefix, iri] : answer.prefixes)
    options.prefixes[prefix] = iri;
  to.take([&] { write_solutions(*to.out, answer.table, to.format, options); });
  if (!answer.table.boolean) finish(to, answer.table.rows.size(), request);
}

const KeptAnswer& Answers::last() const {
  if (!last_) throw Error(ErrorCode::Invalid, "there is no last answer yet");
  if (!last_->is_complete)
    throw Error(ErrorCode::Invalid,
                "the last answer was not kept: it was interrupted, or larger than 64 MB (run the "
                "query again with .once FILE)");
  return *last_;
}

void Answers::draw_last(PictureFormat format, const std::string& file,
                        const AnswerRequest& request) {
  const std::string dot = picture_of(last(), settings.prefixes, request.ask);
  const std::string picture = format == PictureFormat::Dot ? dot : drawn_as_svg(dot, request.stop);
  std::ofstream out = opened(file);
  out << picture << std::flush;
  if (!out) throw Error(ErrorCode::Io, fmt::format("{} cannot be written", file));
  if (error_is_terminal()) report_note(fmt::format("the picture is in {}", file));
}

}  // namespace tripten::shell
