// Articles → statements: documents, their sections, and what the sections mention.
#pragma once

#include <string>

#include "import/article.h"
#include "import/emitter.h"
#include "import/importer.h"
#include "import/word_labels.h"

namespace tripten {

/// What a document says of itself before its text.
struct ArticleHead {
  std::string iri{};
  std::string identifier{};  ///< The file's name, without its ending.
  std::string title{};       ///< Of the front matter; empty: the article's own.
};

/// A document is `iri`, its sections `iri#s-1`, `iri#s-1-2` by their places, its concepts
/// `urn:tripten:entry:NNN`, one for all articles. The words go to `labels`.
void import_article(const Article& article, const ArticleHead& head, Emitter& emitter,
                    WordLabels& labels, ImportReport& report);

}  // namespace tripten
