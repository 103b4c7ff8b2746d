#include "storage/sst_series.h"

#include "base/fault_point.h"
#include "storage/status.h"

namespace tripten {
namespace {

constexpr std::uint64_t kFileBytes = std::uint64_t{256} << 20;

}  // namespace

SstSeries::SstSeries(Rocks& rocks, Family family, std::string prefix)
    : rocks_(rocks),
      prefix_(std::move(prefix)),
      options_(rocks.writer_options(family)),
      written_{.family = family} {}

void SstSeries::require(const rocksdb::Status& status) const {
  tripten::require(status, rocks_.options().name);
}

void SstSeries::put(std::string_view key, std::string_view value) {
  if (!file_) {
    written_.files.push_back(prefix_ + std::to_string(written_.files.size()) + ".sst");
    written_.bounds.emplace_back(key, key);
    file_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options_,
                                                     rocks_.family(written_.family));
    require(file_->Open(written_.files.back()));
  }
  written_.bounds.back().second = key;
  require(file_->Put({key.data(), key.size()}, {value.data(), value.size()}));
  if (file_->FileSize() > kFileBytes) close();
}

void SstSeries::close() {
  require(file_->Finish());
  fault_point("an SST file is finished");
  file_.reset();
}

Rocks::Incoming SstSeries::finish() {
  if (file_) close();
  return written_;
}

}  // namespace tripten
