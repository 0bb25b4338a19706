#include "experiment/repair.hpp"

#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_header.hpp"
#include "experiment/run_layout.hpp"
#include "io/durable.hpp"

#include <filesystem>
#include <memory>

namespace saddle {
namespace {

namespace fs = std::filesystem;

// "/losses: 3 records after step 57".
std::string dropped(const RunLayout& layout) {
  std::string text;
  const auto add = [&](const std::string& table, std::uint64_t rows) {
    if (rows > 0)
      text += "\n  /" + table + ": " + std::to_string(rows) + (rows == 1 ? " record" : " records") +
              " after step " + std::to_string(layout.step);
  };
  for (std::size_t i = 0; i < layout.tables.size(); ++i)
    add(layout.tables[i].path, layout.present[i] - layout.rows[i]);
  add("events", layout.present.back() - layout.rows.back());
  return text;
}

std::string repair(const std::string& path) {
  const bool closed = was_closed(path);
  std::string report;
  {
    const hdf5::File past = open_run(path);
    const RunLayout layout = read_layout(past);
    const std::string tail = dropped(layout);
    if (closed && tail.empty())
      return path + ": is whole up to step " + std::to_string(layout.step) + "; nothing to do.";
    RunLog log(path, read_header(past, kRunFormat), layout.tables, layout.element);
    log.take_over(past, layout.rows, layout.step, layout.step);
    log.start();
    log.close();
    report = path + ": repaired; it holds all records up to step " + std::to_string(layout.step) +
             "." + (tail.empty() ? " Nothing was dropped." : " Dropped were:" + tail);
  }
  return report;
}

}  // namespace

std::string repair_run(const std::string& path) {
  // Who is writing the file, or about to replace it, has its folder.
  const FolderLock lock(fs::absolute(path).parent_path().string());
  return safely_in_child(
      path, [&] { return repair(path); }, limits_for({path}));
}

}  // namespace saddle
