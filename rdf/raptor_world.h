// RaptorWorld: a raptor2 world on loan for one read.
//
// raptor2 ends a world by ending libxml2 for the whole process (xmlCleanupParser), while other
// threads or the program around this library may be in the middle of using it: that crashes. So a
// world that is no longer needed waits for the next read; there are as many as have ever been
// needed at a time.
#pragma once

#include <raptor2/raptor2.h>

namespace tripten {

/// Belongs to one thread.
class RaptorWorld {
 public:
  RaptorWorld();
  ~RaptorWorld();
  RaptorWorld(const RaptorWorld&) = delete;
  RaptorWorld& operator=(const RaptorWorld&) = delete;

  raptor_world* get() const { return world_; }

 private:
  raptor_world* world_;
};

}  // namespace tripten
