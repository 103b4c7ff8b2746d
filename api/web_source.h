// RDF from the web: what LOAD <http://...> reads.
#pragma once

#include <chrono>
#include <string>

#include "base/interrupt.h"
#include "rdf/statement.h"

namespace tripten {

/// Asks for the RDF formats that can be read. What comes is told by its media type, else by the
/// ending of the URL; relative IRIs resolve against the URL that answered. Throws Io where the call
/// fails, Invalid where what comes is no RDF.
void read_web_source(const std::string& url, std::chrono::milliseconds timeout,
                     const Interrupt& interrupt, StatementSink& sink);

}  // namespace tripten
