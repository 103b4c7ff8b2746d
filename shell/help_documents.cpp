#include "shell/help_documents.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <sstream>

#include "shell/exit_code.h"
#include "shell/query_options.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

/// Boost.Program_options tells values as `FORMAT`, `FORMAT (=nq)` and `[=FORMAT(=text)]`.
void read_value(const std::string& told, OptionText& option) {
  std::string_view rest = told;
  option.value_is_optional = rest.starts_with("[=");
  if (option.value_is_optional) rest.remove_prefix(2);
  const std::size_t end = std::min(rest.find_first_of(" (]"), rest.size());
  option.value = rest.substr(0, end);
  rest.remove_prefix(end);
  const std::size_t preset = rest.find("(=");
  if (preset != std::string_view::npos && !option.value_is_optional)
    option.preset = rest.substr(preset + 2, rest.find(')') - preset - 2);
}

std::vector<OptionText> texts_of(const po::options_description& options) {
  std::vector<OptionText> texts;
  for (const auto& option : options.options()) {
    OptionText text;
    text.long_name = "--" + option->long_name();
    text.description = option->description();
    const std::string shown =
        option->canonical_display_name(po::command_line_style::allow_dash_for_short);
    if (shown.starts_with('-') && !shown.starts_with("--")) text.short_name = shown;
    if (option->semantic()->max_tokens() > 0) read_value(option->format_parameter(), text);
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

po::options_description options_of(const Command& command) {
  po::options_description options("options");
  if (command.describe) command.describe(options);
  options.add_options()("help,h", "shows this help");
  return options;
}

std::vector<OptionText> option_texts(const Command& command) {
  return texts_of(options_of(command));
}

std::vector<OptionText> query_option_texts() {
  po::options_description options;
  describe_query_options(options);
  return texts_of(options);
}

std::vector<std::string> choices_of(const Command& command, const OptionText& option) {
  std::string words{option.value == "FORMAT" ? command.formats : std::string_view()};
  if (option.value.find('|') != std::string::npos) {
    words = option.value;
    std::ranges::replace(words, '|', ' ');
  }
  std::istringstream in(words);
  std::vector<std::string> choices;
  for (std::string word; in >> word;)
    choices.push_back(word);
  return choices;
}

std::string sentence(std::string_view summary) {
  std::string text(summary);
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (!text.ends_with('.')) text += '.';
  return text;
}

bool write_help_document(std::ostream& out, std::string_view word, const HelpTables& tables) {
  if (word == "--man")
    write_manual_page(out, tables);
  else if (word == "--markdown")
    write_command_reference(out, tables);
  else if (word == "--markdown-shell")
    write_shell_reference(out, tables);
  else if (word == "--bash")
    write_bash_completion(out, tables);
  else if (word == "--zsh")
    write_zsh_completion(out, tables);
  else
    return false;
  return true;
}

std::span<const ExitCodeText> exit_code_texts() {
  static constexpr std::array kTexts{
      ExitCodeText{kDone, "done"},
      ExitCodeText{kFailed,
                   "the query, the update or the data is wrong, cannot be read, or failed"},
      ExitCodeText{kWrongUsage, "the command line is wrong"},
      ExitCodeText{
          kNoDatabase,
          "the database cannot be opened: missing, locked by a writer, damaged, of a newer "
          "version"},
      ExitCodeText{kLimit, "a limit was reached: time, memory, disk"},
      ExitCodeText{kInterrupted, "interrupted"}};
  return kTexts;
}

}  // namespace tripten::shell
