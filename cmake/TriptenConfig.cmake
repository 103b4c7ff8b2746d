# find_package(Tripten) gives the target Tripten::tripten.
include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/TriptenTargets.cmake)
