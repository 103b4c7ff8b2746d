# `cpack -G DEB` in the build folder: tripten_VERSION_ARCH.deb and libtripten-dev_VERSION_ARCH.deb.
# `./dev package` makes both and installs them in a fresh Debian 12.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY TRUE)  # packs what is built, without the tests
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tripten)
set(CPACK_PACKAGE_VENDOR "Tripten")
set(CPACK_PACKAGE_CONTACT "The developers of Tripten <developers@tripten.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES TRUE)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL TRUE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)  # of this packaging: cmake/debian/changelog.in
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION TRUE)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME tripten)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS TRUE)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "less")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "graphviz, libtripten-dev")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Loads RDF, tables and pathway figures into a database that is a directory, and
answers SPARQL at the command line or in an interactive shell. Needs no server.")

# What the exported CMake package and tripten.pc ask for (cmake/dependencies.cmake).
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libtripten-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
string(JOIN ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  librocksdb-dev libantlr4-runtime-dev uuid-dev libserd-dev libraptor2-dev libxml2-dev libyaml-dev
  libfmt-dev libre2-dev libicu-dev libssl-dev libzstd-dev liblz4-dev libxxhash-dev zlib1g-dev
  libbz2-dev libsnappy-dev libgflags-dev libcurl4-gnutls-dev nlohmann-json3-dev pkg-config)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Headers and static libraries of Tripten, and what CMake's find_package(Tripten)
and pkg-config need to find them.")

include(CPack)
