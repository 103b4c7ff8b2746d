#include "storage/backup_lists.h"

#include <fstream>
#include <map>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

namespace fs = std::filesystem;

void check_backup_lists(const fs::path& backups) {
  std::map<std::string, std::string> checksums;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(backups / "meta", error)) {
    std::ifstream list(entry.path());
    for (std::string line; std::getline(list, line);) {
      const std::string name = line.substr(0, line.find(' '));
      const std::string checksum = line.substr(name.size());
      if (checksum.empty()) continue;
      const auto [known, is_new] = checksums.try_emplace(name, checksum);
      if (!is_new && known->second != checksum)
        throw Error(ErrorCode::Corrupt,
                    fmt::format("{} is damaged: it and another list of files in its folder differ "
                                "in the checksum of {}",
                                entry.path().string(), name));
    }
  }
}

}  // namespace tripten
