#include "rdf/raptor_world.h"

#include <memory>
#include <mutex>
#include <vector>

#include "base/check.h"

namespace tripten {
namespace {

/// The worlds that nobody uses. Shared by all threads.
struct IdleWorlds {
  std::mutex mutex{};
  std::vector<raptor_world*> worlds{};
};

/// Outlives all static objects, whose destructors may read RDF/XML.
IdleWorlds& idle_worlds() {
  static IdleWorlds* const idle = std::make_unique<IdleWorlds>().release();
  return *idle;
}

raptor_world* new_world() {
  raptor_world* world = raptor_new_world();
  check(world != nullptr, "raptor2 does not start");
  // What belongs to the process stays as it is: libxml2's error handlers, and libcurl, whose start
  // is not thread-safe and which nothing here uses.
  raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_GENERIC_ERROR_SAVE, 0);
  raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_STRUCTURED_ERROR_SAVE, 0);
  raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_WWW_SKIP_INIT_FINISH, 1);
  raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_URI_INTERNING, 0);
  check(raptor_world_open(world) == 0, "raptor2 does not start");
  return world;
}

}  // namespace

RaptorWorld::RaptorWorld() {
  IdleWorlds& idle = idle_worlds();
  const std::lock_guard lock(idle.mutex);
  if (idle.worlds.empty()) {
    world_ = new_world();  // under the lock: it sets defaults of libxslt for the process
  } else {
    world_ = idle.worlds.back();
    idle.worlds.pop_back();
  }
}

RaptorWorld::~RaptorWorld() {
  raptor_world_set_log_handler(world_, nullptr, nullptr);
  raptor_world_set_generate_bnodeid_handler(world_, nullptr, nullptr);
  IdleWorlds& idle = idle_worlds();
  const std::lock_guard lock(idle.mutex);
  idle.worlds.push_back(world_);
}

}  // namespace tripten
