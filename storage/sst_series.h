// SstSeries: ascending keys into SST files of a bounded size, to be ingested.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <rocksdb/sst_file_writer.h>

#include "storage/rocks.h"

namespace tripten {

class SstSeries {
 public:
  /// Files are called `prefix` and a number.
  SstSeries(Rocks& rocks, Family family, std::string prefix);

  void put(std::string_view key, std::string_view value);
  /// The finished, synced files; none where nothing was put.
  Rocks::Incoming finish();

 private:
  void close();
  void require(const rocksdb::Status& status) const;

  Rocks& rocks_;
  std::string prefix_;
  rocksdb::Options options_;
  std::unique_ptr<rocksdb::SstFileWriter> file_{};
  Rocks::Incoming written_;
};

}  // namespace tripten
