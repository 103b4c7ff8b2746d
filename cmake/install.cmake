# `cmake --install`: headers, libraries and the package that find_package(Tripten) reads.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Tripten)
install(DIRECTORY include/tripten DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS tripten tripten_api tripten_query tripten_query_update
                tripten_query_plan tripten_query_exec tripten_query_output
                tripten_query_expr tripten_query_parse tripten_query_results
                tripten_query_algebra tripten_import tripten_load tripten_storage
                tripten_rdf tripten_base tripten_grammar
        EXPORT TriptenTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT TriptenTargets NAMESPACE Tripten:: DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/TriptenConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES cmake/TriptenConfig.cmake cmake/dependencies.cmake
              ${PROJECT_BINARY_DIR}/TriptenConfigVersion.cmake
        DESTINATION ${package_folder})
