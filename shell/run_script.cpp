#include "shell/run_script.h"

#include <filesystem>

#include <fmt/format.h>

#include "shell/exit_code.h"

namespace tripten::shell {

namespace {

/// While a script runs, .read takes names of files as they are seen from its folder.
class ScriptPlace {
 public:
  ScriptPlace(Session& session, const std::string& file)
      : session_(session),
        folder_(session.script_folder) {
    ++session.script_depth;
    session.script_folder = std::filesystem::path(file).parent_path().string();
  }
  ScriptPlace(const ScriptPlace&) = delete;
  ScriptPlace& operator=(const ScriptPlace&) = delete;
  ~ScriptPlace() {
    --session_.script_depth;
    session_.script_folder = folder_;
  }

 private:
  Session& session_;
  std::string folder_;
};

}  // namespace

int run_script(Session& session, const std::string& file) {
  constexpr int kMostIncludes = 20;
  if (session.script_depth > kMostIncludes)
    throw Error(ErrorCode::Limit, fmt::format("{}: .read is nested too deeply", file));
  const std::string script = read_text_file(file);
  const ScriptPlace place(session, file);
  int code = kDone;
  for (const ScriptStatement& statement : split_script(script)) {
    const int ended = session.run_reporting(statement, file == "-" ? "standard input" : file);
    if (code == kDone) code = ended;
    if (session.is_over) return code;
    if (ended != kDone && (ended == kInterrupted || !session.goes_on)) return ended;
  }
  return code;
}

}  // namespace tripten::shell
