#pragma once

#include <string>
#include <utility>
#include <vector>

// Pieces of web pages. Whatever comes from a run file passes through escaped(): the file may be
// anybody's.
namespace saddle::html {

// Text as it may stand between tags and in quoted attributes.
std::string escaped(const std::string& text);

using Attributes = std::vector<std::pair<std::string, std::string>>;
// <name a="b">content</name>; attributes are escaped, the content is not.
std::string element(const std::string& name, const std::string& content,
                    const Attributes& attributes = {});
// A table; cells of the head and of the rows are text.
std::string table(const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows);

}  // namespace saddle::html
