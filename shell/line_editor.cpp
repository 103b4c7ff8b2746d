#include "shell/line_editor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <histedit.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "shell/key_input.h"
#include "shell/proposal_menu.h"
#include "shell/screen_text.h"
#include "shell/script.h"
#include "shell/statement_colours.h"
#include "shell/unicode_text.h"

namespace tripten::shell {

namespace {

constexpr const wchar_t* kNewlineKey = L"\x1f";  // bound to libedit's own end of a line
constexpr std::wstring_view kPasteEnd = L"\x1b[201~";
constexpr std::size_t kMostPasted = std::size_t{8} << 20;

winsize window() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) size = {24, 80, 0, 0};
  return size;
}

void put(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

struct LineEditor::State {
  State(const History& past, Behaviour wanted);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // ---- the text in libedit's buffer ----
  std::wstring buffer() const {
    const LineInfoW* const line = el_wline(editor);
    return {line->buffer, line->lastchar};
  }
  std::size_t cursor() const {
    const LineInfoW* const line = el_wline(editor);
    return static_cast<std::size_t>(line->cursor - line->buffer);
  }
  std::size_t margin() const { return prompt.size(); }
  /// With a margin behind every line break.
  std::wstring with_margins(std::wstring_view text) const;
  std::wstring without_margins(std::wstring_view text) const;
  /// Begin of the line that a place is in; its end.
  std::size_t line_begin(std::size_t at) const;
  std::size_t line_end(std::size_t at) const;
  /// Behind the margin of that line.
  std::size_t text_begin(std::size_t line) const;
  void move_to(std::size_t place) {
    el_cursor(editor, static_cast<int>(place) - static_cast<int>(cursor()));
  }
  void erase(std::size_t begin, std::size_t end) {
    move_to(end);
    el_deletestr(editor, static_cast<int>(end - begin));
  }

  // ---- keys ----
  unsigned char enter();
  unsigned char tab();
  unsigned char paste();
  unsigned char up();
  unsigned char down();
  unsigned char left();
  unsigned char right();
  unsigned char home();
  unsigned char end();
  unsigned char backspace();
  unsigned char remove();
  unsigned char interrupt();
  unsigned char close();
  unsigned char suspend();
  unsigned char brace();

  template <unsigned char (State::*kKey)()>
  static unsigned char key(EditLine* editor, wint_t) {
    return (of(editor)->*kKey)();
  }
  static State* of(EditLine* editor) {
    void* self = nullptr;
    el_wget(editor, EL_CLIENTDATA, &self);
    return static_cast<State*>(self);
  }
  static wchar_t* prompt_of(EditLine* editor) { return of(editor)->prompt.data(); }
  static int character_of(EditLine* editor, wchar_t* out) { return of(editor)->next_key(out); }

  void bind_keys();
  int next_key(wchar_t* out);
  void paint() const;
  void draw_anew();
  void show_menu();
  ScreenPlace place_of_cursor() const;
  std::size_t rows_below() const;  // of the text, under the cursor's
  void replace(const Choices& found, const std::string& by);
  bool take_next_choice();

  Behaviour behaviour;
  EditLine* editor = nullptr;
  HistoryW* history = nullptr;
  KeyInput input;
  Choices proposed{};               // by the last tab
  std::size_t proposed_number = 0;  // the one taken; all of them: none yet
  std::wstring prompt = L"tripten> ";
  bool has_colours = wants_colours();
  bool is_cleared = false, is_menu_shown = false;
};

LineEditor::State::State(const History& past, Behaviour wanted)
    : behaviour(std::move(wanted)),
      input(behaviour.end_descriptor) {
  std::setlocale(LC_CTYPE, "");
  if (std::string_view(nl_langinfo(CODESET)) != "UTF-8") std::setlocale(LC_CTYPE, "C.UTF-8");
  editor = el_init("tripten", stdin, stdout, stderr);
  history = history_winit();
  HistEventW event;
  history_w(history, &event, H_SETSIZE, static_cast<int>(History::kMost));
  for (const std::string& statement : past.entries())
    history_w(history, &event, H_ENTER, with_margins(wide(statement)).c_str());
  el_wset(editor, EL_CLIENTDATA, this);
  el_wset(editor, EL_PROMPT, prompt_of);
  el_wset(editor, EL_SIGNAL, 0);
  el_wset(editor, EL_EDITOR, L"emacs");
  el_wset(editor, EL_HIST, history_w, history);
  el_wset(editor, EL_GETCFN, character_of);
  // Ctrl-C and Ctrl-Z are keys while a line is edited.
  el_wset(editor, EL_SETTY, L"-d", L"-isig", static_cast<wchar_t*>(nullptr));
  bind_keys();
}

LineEditor::State::~State() {
  history_wend(history);
  el_end(editor);
}

void LineEditor::State::bind_keys() {
  struct Key {
    const wchar_t* name;
    unsigned char (*act)(EditLine*, wint_t);
    std::vector<const wchar_t*> sequences;
  };
  const std::array keys{
      Key{L"tripten-enter", key<&State::enter>, {L"\r", L"\n"}},
      Key{L"tripten-tab", key<&State::tab>, {L"\t"}},
      Key{L"tripten-paste", key<&State::paste>, {L"\x1b[200~"}},
      Key{L"tripten-up", key<&State::up>, {L"\x1b[A", L"\x1bOA"}},
      Key{L"tripten-down", key<&State::down>, {L"\x1b[B", L"\x1bOB"}},
      Key{L"tripten-left", key<&State::left>, {L"\x1b[D", L"\x1bOD", L"\x02"}},
      Key{L"tripten-right", key<&State::right>, {L"\x1b[C", L"\x1bOC", L"\x06"}},
      Key{L"tripten-home", key<&State::home>, {L"\x1b[H", L"\x1bOH", L"\x1b[1~", L"\x01"}},
      Key{L"tripten-end", key<&State::end>, {L"\x1b[F", L"\x1bOF", L"\x1b[4~", L"\x05"}},
      Key{L"tripten-backspace", key<&State::backspace>, {L"\x7f", L"\b"}},
      Key{L"tripten-remove", key<&State::remove>, {L"\x1b[3~"}},
      Key{L"tripten-interrupt", key<&State::interrupt>, {L"\x03"}},
      Key{L"tripten-close", key<&State::close>, {L"\x04"}},
      Key{L"tripten-suspend", key<&State::suspend>, {L"\x1a"}},
      Key{L"tripten-brace", key<&State::brace>, {L"}"}}};
  const auto bind = [&](const wchar_t* sequence, const wchar_t* to) {
    el_wset(editor, EL_BIND, sequence, to, static_cast<wchar_t*>(nullptr));
  };
  for (const Key& each : keys) {
    el_wset(editor, EL_ADDFN, each.name, L"of the shell", each.act);
    for (const wchar_t* const sequence : each.sequences)
      bind(sequence, each.name);
  }
  bind(kNewlineKey, L"ed-newline");
  bind(L"\x12", L"em-inc-search-prev");  // Ctrl-R
  bind(L"\x1b[1;5D", L"ed-prev-word");
  bind(L"\x1b[1;5C", L"em-next-word");
}

std::wstring LineEditor::State::with_margins(std::wstring_view text) const {
  std::wstring result;
  for (const wchar_t c : text) {
    result += c;
    if (c == L'\n') result.append(margin(), L' ');
  }
  return result;
}

std::wstring LineEditor::State::without_margins(std::wstring_view text) const {
  std::wstring result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] != L'\n') continue;
    for (std::size_t blanks = 0; blanks < margin() && i + 1 < text.size() && text[i + 1] == L' ';
         ++blanks)
      ++i;
  }
  return result;
}

std::size_t LineEditor::State::line_begin(std::size_t at) const {
  const std::wstring text = buffer();
  const std::size_t before = at == 0 ? std::wstring::npos : text.rfind(L'\n', at - 1);
  return before == std::wstring::npos ? 0 : before + 1;
}

std::size_t LineEditor::State::line_end(std::size_t at) const {
  const std::wstring text = buffer();
  return std::min(text.find(L'\n', at), text.size());
}

std::size_t LineEditor::State::text_begin(std::size_t line) const {
  if (line == 0) return 0;
  const std::wstring text = buffer();
  std::size_t at = line;
  while (at < text.size() && at < line + margin() && text[at] == L' ')
    ++at;
  return at;
}

int LineEditor::State::next_key(wchar_t* out) {
  if (!input.has_more()) {
    paint();
    show_menu();
  }
  const int count = input.next(out, [this] { draw_anew(); });
  if (is_menu_shown) put(menu_removal(place_of_cursor(), rows_below()));
  is_menu_shown = false;
  if (count == 1 && *out != L'\t') proposed = {};
  return count;
}

/// The terminal has another size.
void LineEditor::State::draw_anew() {
  el_resize(editor);
  const std::size_t rows = place_of_cursor().row;
  put((rows > 0 ? fmt::format("\x1b[{}A", rows) : "") + "\r\x1b[J");
  el_wset(editor, EL_REFRESH);
  paint();
}

ScreenPlace LineEditor::State::place_of_cursor() const {
  return screen_places(buffer(), margin(), window().ws_col)[cursor()];
}

std::size_t LineEditor::State::rows_below() const {
  const auto places = screen_places(buffer(), margin(), window().ws_col);
  return places.back().row - places[cursor()].row;
}

/// Under the text, until the next key.
void LineEditor::State::show_menu() {
  constexpr std::size_t kMostLines = 12;
  if (proposed.choices.size() < 2) return;
  const winsize size = window();
  const std::size_t room = size.ws_row > 6U ? size.ws_row - 4U : 2U;
  put(menu_text(proposed.choices, proposed_number, place_of_cursor(), rows_below(), size.ws_col,
                std::min(kMostLines, room)));
  is_menu_shown = true;
}

/// Draws the text that libedit has drawn again, in colours.
void LineEditor::State::paint() const {
  if (!has_colours) return;
  const winsize size = window();
  const std::wstring text = buffer();
  constexpr std::size_t kMostPainted = 20'000;
  if (text.size() > kMostPainted) return;
  const auto places = screen_places(text, prompt.size(), size.ws_col);
  if (places.back().row + 1 >= size.ws_row) return;  // some of it is out of sight
  const std::wstring continuation = std::wstring(margin() - 3, L'.') + L"> ";
  put(coloured(prompt, L" " + continuation, text, cursor(), size.ws_col));
}

unsigned char LineEditor::State::enter() {
  const std::wstring text = buffer();
  const std::string statement = utf8(without_margins(text));
  const bool is_blank = statement.find_first_not_of(" \t\n") == std::string::npos;
  if (is_blank || behaviour.is_complete(statement)) {
    paint();
    el_wpush(editor, kNewlineKey);
    return CC_NORM;
  }
  // A new line begins as deep as brackets are open.
  StatementLines lines;
  const std::string before = utf8(without_margins(std::wstring_view(text).substr(0, cursor())));
  for (std::size_t at = 0; at <= before.size();) {
    const std::size_t line_ends = std::min(before.find('\n', at), before.size());
    lines.take(std::string_view(before).substr(at, line_ends - at));
    at = line_ends + 1;
  }
  constexpr std::size_t kMostIndent = 20;
  const std::size_t indent = std::min(2 * lines.depth(), kMostIndent);
  el_winsertstr(editor, (L"\n" + std::wstring(margin() + indent, L' ')).c_str());
  return CC_REFRESH;
}

/// A brace that closes stands under the line that opened it.
unsigned char LineEditor::State::brace() {
  const std::size_t at = cursor();
  const std::size_t begin = line_begin(at);
  const std::wstring before = buffer().substr(begin, at - begin);
  const bool is_indent = begin > 0 && before.size() >= margin() + 2 &&
                         before.find_first_not_of(L' ') == std::wstring::npos;
  if (is_indent) el_deletestr(editor, 2);
  el_winsertstr(editor, L"}");
  return CC_REFRESH;
}

unsigned char LineEditor::State::paste() {
  std::wstring text;
  wchar_t c = 0;
  while (!text.ends_with(kPasteEnd)) {
    if (el_wgetc(editor, &c) != 1) return CC_EOF;
    if (text.size() < kMostPasted || c == L'\x1b' || text.ends_with(L'\x1b') ||
        text.find(L'\x1b', text.size() - kPasteEnd.size()) != std::wstring::npos)
      text += c;
  }
  text.resize(text.size() - kPasteEnd.size());
  std::wstring clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == L'\r' && i + 1 < text.size() && text[i + 1] == L'\n') continue;
    if (text[i] == L'\r')
      clean += L'\n';
    else if (text[i] == L'\n' || text[i] == L'\t' || (text[i] >= 0x20 && text[i] != 0x7f))
      clean += text[i];
  }
  el_winsertstr(editor, with_margins(clean).c_str());
  return CC_REFRESH;
}

unsigned char LineEditor::State::up() {
  const std::size_t begin = line_begin(cursor());
  if (begin == 0) {
    el_wpush(editor, L"\x10");  // Ctrl-P, the statement before
    return CC_NORM;
  }
  const std::size_t column = cursor() - begin + (begin > 0 ? 0 : margin());
  const std::size_t above = line_begin(begin - 1);
  const std::size_t wanted = above == 0 ? column - std::min(column, margin()) : above + column;
  move_to(std::min(wanted, begin - 1));
  return CC_CURSOR;
}

unsigned char LineEditor::State::down() {
  const std::size_t begin = line_begin(cursor());
  const std::size_t finish = line_end(cursor());
  if (finish == buffer().size()) {
    el_wpush(editor, L"\x0e");  // Ctrl-N, the statement after
    return CC_NORM;
  }
  const std::size_t column = cursor() - begin + (begin == 0 ? margin() : 0);
  move_to(std::min(finish + 1 + column, line_end(finish + 1)));
  return CC_CURSOR;
}

unsigned char LineEditor::State::left() {
  const std::size_t at = cursor();
  if (at == 0) return CC_NORM;
  const std::size_t begin = line_begin(at);
  move_to(begin > 0 && at <= text_begin(begin) ? begin - 1 : at - 1);
  return CC_CURSOR;
}

unsigned char LineEditor::State::right() {
  const std::size_t at = cursor();
  const std::wstring text = buffer();
  if (at >= text.size()) return CC_NORM;
  move_to(text[at] == L'\n' ? text_begin(at + 1) : at + 1);
  return CC_CURSOR;
}

unsigned char LineEditor::State::home() {
  move_to(text_begin(line_begin(cursor())));
  return CC_CURSOR;
}

unsigned char LineEditor::State::end() {
  move_to(line_end(cursor()));
  return CC_CURSOR;
}

unsigned char LineEditor::State::backspace() {
  const std::size_t at = cursor();
  if (at == 0) return CC_NORM;
  const std::size_t begin = line_begin(at);
  const bool joins = begin > 0 && at <= text_begin(begin);
  erase(joins ? begin - 1 : at - 1, at);
  return CC_REFRESH;
}

unsigned char LineEditor::State::remove() {
  const std::size_t at = cursor();
  const std::wstring text = buffer();
  if (at >= text.size()) return CC_NORM;
  erase(at, text[at] == L'\n' ? text_begin(at + 1) : at + 1);
  return CC_REFRESH;
}

unsigned char LineEditor::State::interrupt() {
  is_cleared = true;
  el_wpush(editor, kNewlineKey);
  return CC_NORM;
}

unsigned char LineEditor::State::close() {
  return buffer().empty() ? static_cast<unsigned char>(CC_EOF) : remove();
}

unsigned char LineEditor::State::suspend() {
  el_wset(editor, EL_PREP_TERM, 0);
  raise(SIGTSTP);
  el_wset(editor, EL_PREP_TERM, 1);
  el_wset(editor, EL_REFRESH);
  return CC_NORM;
}

/// Puts a text in place of what choices are for; they are for the new text from then on.
void LineEditor::State::replace(const Choices& found, const std::string& by) {
  const std::string text = utf8(without_margins(buffer()));
  const auto place = [&](std::size_t byte) {
    return with_margins(wide(std::string_view(text).substr(0, byte))).size();
  };
  erase(place(found.from), place(found.from + found.length));
  el_winsertstr(editor, with_margins(wide(by)).c_str());
  proposed = found;
  proposed.length = by.size();
}

/// The next of the choices that are shown.
bool LineEditor::State::take_next_choice() {
  if (proposed.choices.empty()) return false;
  proposed_number = proposed_number + 1 < proposed.choices.size() ? proposed_number + 1 : 0;
  const std::size_t number = proposed_number;
  replace(Choices(proposed), proposed.choices[number].text);
  return true;
}

unsigned char LineEditor::State::tab() {
  if (!take_next_choice()) {
    const std::wstring before = buffer().substr(0, cursor());
    const std::size_t bytes = utf8(without_margins(before)).size();
    const Choices found = behaviour.propose(utf8(without_margins(buffer())), bytes);
    if (found.choices.empty()) return CC_REFRESH_BEEP;
    if (found.choices.size() == 1) {
      replace(found, found.choices[0].text);
      proposed = {};
      return CC_REFRESH;
    }
    const std::string common = common_beginning(found.choices);
    proposed_number = found.choices.size();
    if (common.size() > found.length)
      replace(found, common);
    else
      proposed = found;
  }
  return CC_REFRESH;
}

LineEditor::LineEditor(const History& history, Behaviour behaviour)
    : state_(std::make_unique<State>(history, std::move(behaviour))) {}
LineEditor::~LineEditor() = default;

bool LineEditor::is_possible() {
  const char* const terminal = std::getenv("TERM");
  return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && terminal && *terminal &&
         std::string_view(terminal) != "dumb";
}

void LineEditor::remember(const std::string& statement) {
  HistEventW event;
  history_w(state_->history, &event, H_ENTER, state_->with_margins(wide(statement)).c_str());
}

LineEditor::Outcome LineEditor::read(const std::string& prompt, std::string& text) {
  constexpr std::string_view kPasteOn = "\x1b[?2004h", kPasteOff = "\x1b[?2004l";
  State& state = *state_;
  state.prompt = wide(prompt);
  state.is_cleared = false;
  // libedit would after its prompt: a key typed in between went to the terminal's own line.
  el_wset(state.editor, EL_PREP_TERM, 1);
  put(std::string(kPasteOn));
  int count = 0;
  const wchar_t* const line = el_wgets(state.editor, &count);
  put(std::string(kPasteOff));
  if (state.is_cleared) return Outcome::Cleared;
  if (!line || count <= 0) return Outcome::Closed;
  std::wstring typed(line, static_cast<std::size_t>(count));
  if (typed.ends_with(L'\n')) typed.pop_back();
  text = utf8(state.without_margins(typed));
  return Outcome::Text;
}

}  // namespace tripten::shell
