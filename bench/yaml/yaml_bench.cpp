// Times yaml-cpp, libyaml and libfyaml on the front matter of figure files, and compares what they
// read.
//
//   yaml_bench FOLDER... [--files 1000] [--runs 7] [--dump] [--only NAME]
//
// The files of the folders are repeated, in order, up to --files; each is parsed from memory into
// the same plain tree. --dump prints that tree as JSON lines, for a comparison with another reader.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>

#include "value.h"

namespace {

struct Candidate {
  std::string name;
  std::function<Value(std::string_view)> parse;
};

const std::vector<Candidate> kCandidates{{"libyaml", parse_with_libyaml},
                                         {"libfyaml", parse_with_libfyaml},
                                         {"yaml-cpp", parse_with_yaml_cpp}};

/// The text between the two lines `---`; all of it where there are none.
std::string front_matter(const std::string& text) {
  if (!text.starts_with("---\n")) return text;
  std::size_t end = text.find("\n---", 3);
  return text.substr(4, end == std::string::npos ? end : end - 3);
}

void quote(std::string_view text) {
  std::putchar('"');
  for (char c : text) {
    if (c == '"' || c == '\\')
      std::printf("\\%c", c);
    else if (static_cast<unsigned char>(c) < 0x20)
      std::printf("\\u%04x", c);
    else
      std::putchar(c);
  }
  std::putchar('"');
}

void dump(const Value& value) {
  if (value.kind == Value::Kind::Scalar) return quote(value.text);
  bool map = value.kind == Value::Kind::Map;
  std::putchar(map ? '{' : '[');
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (i) std::putchar(',');
    if (map) {
      quote(value.keys[i]);
      std::putchar(':');
    }
    dump(value.items[i]);
  }
  std::putchar(map ? '}' : ']');
}

bool same(const Value& a, const Value& b) {
  if (a.kind != b.kind || a.keys != b.keys || a.items.size() != b.items.size()) return false;
  if (a.kind == Value::Kind::Scalar && (a.text != b.text || a.plain != b.plain)) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::pair<std::string, std::string>> texts;
  std::size_t files = 1000;
  int runs = 7;
  bool dumping = false;
  std::string only;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "--files")
      files = std::stoul(argv[++i]);
    else if (word == "--runs")
      runs = std::stoi(argv[++i]);
    else if (word == "--dump")
      dumping = true;
    else if (word == "--only")
      only = argv[++i];
    else if (std::filesystem::is_directory(word)) {
      for (const auto& entry : std::filesystem::directory_iterator(word)) {
        std::ifstream in(entry.path(), std::ios::binary);
        texts.emplace_back(entry.path().filename(),
                           front_matter({std::istreambuf_iterator<char>(in), {}}));
      }
    } else {
      std::ifstream in(word, std::ios::binary);
      texts.emplace_back(word, front_matter({std::istreambuf_iterator<char>(in), {}}));
    }
  }
  std::sort(texts.begin(), texts.end());
  for (const Candidate& candidate : kCandidates) {
    if (!only.empty() && candidate.name != only) continue;
    std::size_t failed = 0, different = 0;
    for (const auto& [name, text] : texts) {
      try {
        Value value = candidate.parse(text);
        if (dumping) {
          std::printf("{\"file\":\"%s\",\"value\":", name.c_str());
          dump(value);
          std::puts("}");
        }
        if (only.empty() && !same(value, kCandidates[0].parse(text))) {
          ++different;
          std::cerr << candidate.name << " reads " << name << " differently\n";
        }
      } catch (const std::exception& error) {
        ++failed;
        std::cerr << candidate.name << ": " << name << ": " << error.what() << '\n';
      }
    }
    if (dumping) continue;
    std::vector<double> times;
    std::size_t bytes = 0;
    for (int run = 0; run < runs; ++run) {
      auto start = std::chrono::steady_clock::now();
      bytes = 0;
      for (std::size_t i = 0; i < files; ++i) {
        const std::string& text = texts[i % texts.size()].second;
        bytes += text.size();
        try {
          candidate.parse(text);
        } catch (const std::exception&) {
        }
      }
      times.push_back(
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
              .count());
    }
    std::sort(times.begin(), times.end());
    double median = times[times.size() / 2];
    std::printf("%-9s %zu files, %.1f MB: %.1f ms, %.1f MB/s; %zu failed, %zu read differently\n",
                candidate.name.c_str(), files, bytes / 1e6, median, bytes / 1e3 / median, failed,
                different);
  }
}
