#pragma once

#include <string>
#include <vector>

namespace saddle {

// Runs on one web page that needs nothing beside itself: what they are and how they ended, their
// last values side by side, every curve with standard errors and flags, samples over the course of
// training, specs and where they come from. Throws DataError for a file that is no run.
std::string report_page(const std::vector<std::string>& files);

}  // namespace saddle
