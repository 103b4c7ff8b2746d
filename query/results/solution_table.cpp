// The public half: a stream's solutions in one table.
#include <istream>

#include "tripten/solutions.h"

#include "query/results/solution_reader.h"

namespace tripten {
namespace {

class StreamInput : public Input {
 public:
  StreamInput(std::istream& in, std::string_view name) : Input(std::string(name)), in_(in) {}

  std::size_t read(char* to, std::size_t size) override {
    in_.read(to, static_cast<std::streamsize>(size));
    if (in_.bad()) throw Error(ErrorCode::Io, name() + ": cannot be read");
    return static_cast<std::size_t>(in_.gcount());
  }

 private:
  std::istream& in_;
};

struct TableSink : SolutionSink {
  SolutionTable table{};

  void begin(std::vector<std::string> variables) override {
    table.variables = std::move(variables);
  }
  void row(std::span<const Term> terms) override {
    table.rows.emplace_back(terms.begin(), terms.end());
  }
  void boolean(bool answer) override { table.boolean = answer; }
};

}  // namespace

SolutionTable read_solutions(Input& input, Format format) {
  TableSink sink;
  read_solutions(input, format, sink);
  return std::move(sink.table);
}

SolutionTable read_solutions(std::istream& in, Format format, std::string_view name) {
  StreamInput input(in, name);
  return read_solutions(input, format);
}

}  // namespace tripten
