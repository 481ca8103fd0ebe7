// From resolved mentions to the article's entities: one an id, with rel and salience as entities.h
// tells them. Pure function; any thread.
#pragma once

#include <vector>

#include "processors/article.h"
#include "processors/entities/gazetteer.h"
#include "processors/entities/resolve.h"

namespace wiredesk::entities {

std::vector<Entity> collect_entities(const Gazetteer& gazetteer, const Article& article,
                                     const std::vector<Resolved>& full,
                                     const std::vector<Resolved>& by_short_name);

}  // namespace wiredesk::entities
