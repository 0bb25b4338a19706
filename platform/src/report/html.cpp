#include "report/html.hpp"

namespace saddle::html {
namespace {

std::string row(const char* cell, const std::vector<std::string>& texts) {
  std::string cells;
  for (const std::string& text : texts) cells += element(cell, escaped(text));
  return element("tr", cells) + "\n";
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string element(const std::string& name, const std::string& content,
                    const Attributes& attributes) {
  std::string out = "<" + name;
  for (const auto& [key, value] : attributes) out += " " + key + "=\"" + escaped(value) + "\"";
  return out + ">" + content + "</" + name + ">";
}

std::string table(const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows) {
  std::string body;
  for (const std::vector<std::string>& texts : rows) body += row("td", texts);
  return element("div",
                 element("table", element("thead", row("th", head)) + element("tbody", body)),
                 {{"class", "scroll"}});
}

}  // namespace saddle::html
