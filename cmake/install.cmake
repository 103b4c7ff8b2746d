# `cmake --install`: the component `program` (program, manual page, completions, documents) and the
# component `development` (headers, libraries, what find_package(Tripten) and pkg-config read).
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Tripten)
install(DIRECTORY include/tripten DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
# In the order in which a linker takes them, users before what they use.
set(libraries tripten_api tripten_query_guidance tripten_query_update tripten_query_plan
              tripten_query_exec
              tripten_query_output tripten_query_expr tripten_query_parse tripten_query_results
              tripten_query_algebra tripten_import tripten_load tripten_storage tripten_rdf
              tripten_base tripten_grammar)
install(TARGETS tripten tripten_query ${libraries}
        EXPORT TriptenTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(EXPORT TriptenTargets NAMESPACE Tripten:: DESTINATION ${package_folder}
        COMPONENT development)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/TriptenConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES cmake/TriptenConfig.cmake cmake/dependencies.cmake
              ${PROJECT_BINARY_DIR}/TriptenConfigVersion.cmake
        DESTINATION ${package_folder} COMPONENT development)

# tripten.pc finds its prefix from where it lies, as the CMake package does.
file(RELATIVE_PATH pkgconfig_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
list(TRANSFORM libraries REPLACE "(.+)" "-l\\1" OUTPUT_VARIABLE linked)
list(JOIN linked " " linked)
configure_file(cmake/tripten.pc.in ${PROJECT_BINARY_DIR}/tripten.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/tripten.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT development)

# The program prints its own manual page and completions (shell/help_documents.h).
set(documents ${PROJECT_BINARY_DIR}/documents)
file(MAKE_DIRECTORY ${documents})
add_custom_command(TARGET tripten_program POST_BUILD
  COMMAND sh -c "./tripten help --man | gzip -9n > documents/tripten.1.gz"
  COMMAND sh -c "./tripten help --bash > documents/tripten"
  COMMAND sh -c "./tripten help --zsh > documents/_tripten"
  WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
  VERBATIM)
install(TARGETS tripten_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES ${documents}/tripten.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
        COMPONENT program)
install(FILES ${documents}/tripten
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${documents}/_tripten DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions
        COMPONENT program)

# Links from README.md into docs/ and datasets/ hold where they are installed, too.
set(document_folder ${CMAKE_INSTALL_DATADIR}/doc/tripten)
install(FILES README.md CHANGELOG.md DESTINATION ${document_folder} COMPONENT program)
set(debian_changelog ${PROJECT_BINARY_DIR}/documents/changelog.Debian)
configure_file(cmake/debian/changelog.in ${debian_changelog} @ONLY)
execute_process(COMMAND gzip -9nf ${debian_changelog} COMMAND_ERROR_IS_FATAL ANY)
install(FILES cmake/debian/copyright ${debian_changelog}.gz DESTINATION ${document_folder}
        COMPONENT program)
# Debian has the licence's text elsewhere; its packages leave this component out.
install(FILES LICENSE DESTINATION ${document_folder} COMPONENT licence)
install(DIRECTORY docs DESTINATION ${document_folder} COMPONENT program)
install(DIRECTORY datasets DESTINATION ${document_folder} COMPONENT program
        USE_SOURCE_PERMISSIONS)

# A package of the program may be installed without that of the library.
install(FILES cmake/debian/copyright ${debian_changelog}.gz
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libtripten-dev COMPONENT development)
