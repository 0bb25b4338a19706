#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saddle {

std::string join(const std::vector<std::string>& parts, std::string_view separator);

// The lines of a text; none where it is empty.
std::vector<std::string> split_lines(const std::string& text);

// How many characters of UTF-8 a text has, and so many of its first ones.
std::size_t character_count(const std::string& text);
std::string first_characters(const std::string& text, std::size_t count);

// The candidate nearest to `name` by edit distance, or "" when none is near enough to be meant.
std::string nearest(const std::string& name, const std::vector<std::string>& candidates);

// " Did you mean 'x'?" or "".
std::string suggestion(const std::string& name, const std::vector<std::string>& candidates);

// Two texts as one, line by line: "  " before a line of both, "- " before one of `before` alone,
// "+ " before one of `after` alone.
std::string line_difference(const std::string& before, const std::string& after);

// The shortest text that reads back as exactly this number.
std::string number_text(double value);

}  // namespace saddle
