// Answers: how the answers of queries are shown, and the last one shown again.
//
//   Answers answers({.remembers = true});
//   answers.set_mode("box");
//   Result result = database.query(...);
//   answers.show(result, {.began = before, .ask = [&](auto text) { return database.query(text);
//   }}); answers.show_last("markdown", request);
#pragma once

#include <chrono>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "tripten/tripten.h"

#include "shell/labels.h"

namespace tripten::shell {

/// What can be set.
struct AnswerSettings {
  Format solutions = Format::Guess;  ///< Guess: table on a terminal, else tsv.
  Format graphs = Format::Guess;     ///< Guess: ttl on a terminal, else nt.
  /// The most rows of a table on a terminal; 0 is no limit. A pager and a file get all.
  std::uint64_t rows = 40;
  bool labels = false;     ///< Labels beside IRIs, in the modes for people.
  bool timer = true;       ///< The time under tables, on a terminal.
  bool pager = false;      ///< Long answers on a terminal go through $PAGER.
  bool remembers = false;  ///< Keeps the last answer for show_last() and pictures.
  std::map<std::string, std::string>
      prefixes{};  ///< Besides those of the query and the known ones.
};

/// What showing one answer needs.
struct AnswerRequest {
  /// When the query began; unset: no time is shown.
  std::optional<std::chrono::steady_clock::time_point> began{};
  /// In place of the mode that is set; it must fit the kind of answer.
  std::optional<Format> format{};
  Ask ask{};  ///< For labels and classes. Empty: there are none.
  std::stop_token stop{};
};

enum class PictureFormat { Dot, Svg };

/// Belongs to one thread.
class Answers {
 public:
  explicit Answers(AnswerSettings chosen = {});

  AnswerSettings settings;

  /// `box`, `csv`, `ttl`, ... sets the format of solutions or of graphs, `auto` both to what fits
  /// the output; a number or `all` behind `table` or `box` the most rows. UsageError otherwise.
  void set_mode(std::string_view text);
  /// `solutions: auto (table), at most 40 rows; graphs: ttl`
  std::string mode() const;
  /// A number, or `all`. UsageError otherwise.
  void set_rows(std::string_view text);

  /// Answers go to a file from now on (`.output`), or the next one alone does (`.once`); no name
  /// means standard output again. Throws Io where the file cannot be written.
  void write_to(const std::string& file);
  void write_next_to(const std::string& file);

  /// Writes the rest of a result to where answers go. What a reader that has gone (`| head`, a
  /// pager) does not take is no error of a terminal.
  void show(Result& result, const AnswerRequest& request = {});
  /// A table that the shell made itself, in the same way; it is not remembered.
  void show(const SolutionTable& table, const AnswerRequest& request = {});
  /// The last answer again; an empty mode is the one that is set. Invalid where there is none, and
  /// where it was too large to remember. Of the request the format is not looked at.
  void show_last(std::string_view mode, const AnswerRequest& request = {});

  /// Draws the last answer (graph_picture.h) into a file.
  void draw_last(PictureFormat format, const std::string& file, const AnswerRequest& request = {});

 private:
  struct Destination;
  Destination destination(bool is_graph, std::optional<Format> wanted);
  WriteOptions options_for(const Destination& destination, const AnswerRequest& request) const;
  void finish(Destination& destination, std::uint64_t rows, const AnswerRequest& request);
  const KeptAnswer& last() const;

  std::ofstream file_{};
  std::string file_name_{}, next_file_{};
  std::optional<KeptAnswer> last_{};
};

}  // namespace tripten::shell
