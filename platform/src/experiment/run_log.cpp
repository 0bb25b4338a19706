#include "experiment/run_log.hpp"

#include <saddle/base/error.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace saddle {
namespace {

using hdf5::Element;

constexpr std::int64_t kFormatVersion = 1;
constexpr char kPartSuffix[] = ".part";
constexpr std::array kEventNames = {"started", "resumed",  "finished", "interrupted",
                                    "stopped", "diverged", "failed"};

// "0 started, 1 resumed, ..."
std::string legend() {
  std::string text;
  for (std::size_t kind = 0; kind < kEventNames.size(); ++kind)
    text += (kind > 0 ? ", " : "") + std::to_string(kind) + " " + kEventNames[kind];
  return text;
}

Table events_table() {
  Table events;
  events.path = "events";
  events.series = {{"kind", "", {{"legend", legend()}}, true}, {"from_step", "", {}, true}};
  return events;
}

// So that a rename never puts a name on bytes that a power failure can still take away.
void sync(const std::string& path, const std::string& shown) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!done) throw DataError(shown + ": cannot be written: " + std::strerror(reason) + ".");
}

}  // namespace

const char* event_name(Event event) { return kEventNames.at(static_cast<std::size_t>(event)); }

RunLog::RunLog(const std::string& path, const RunHeader& header, const std::vector<Table>& tables,
               Element element)
    : path_(path),
      file_(hdf5::File::create(path + kPartSuffix, path)),
      part_{path + kPartSuffix},
      progress_(file_.create_scalar("progress/step", std::int64_t{-1})),
      timer_(FlushTimer::Clock::now()) {
  assert(element == Element::float32 || element == Element::float64);
  write_header(header);
  for (const Table& table : tables) tables_.emplace_back(file_, table, element);
  tables_.emplace_back(file_, events_table(), element);
}

RunLog::Part::~Part() {
  if (!path.empty()) std::remove(path.c_str());
}

void RunLog::write_header(const RunHeader& header) {
  file_.set_attribute("format", "saddle-run");
  file_.set_attribute("format_version", kFormatVersion);
  file_.set_attribute("name", header.name);
  file_.set_attribute("seed", header.seed);
  file_.set_attribute("created", header.created);
  file_.set_attribute("saddle_version", SADDLE_VERSION);
  file_.create_scalar("spec/source", header.spec_source);
  file_.create_scalar("spec/resolved", header.spec_resolved);
  hdf5::Group provenance = file_.create_group("provenance");
  for (const auto& [name, value] : header.provenance) provenance.create_scalar(name, value);
}

RunLog::~RunLog() {
  try {
    close();
  } catch (const std::exception&) {
    // The owner closes where it wants to know.
  }
}

void RunLog::write_fixed(std::size_t table, std::size_t fixed, const void* values) {
  assert(!started_ && table + 1 < tables_.size());
  tables_.at(table).write_fixed(fixed, values);
}

void RunLog::start() {
  assert(!started_ && !closed_);
  flush();
  file_.start_swmr();
  sync(part_.path, path_);
  if (std::rename(part_.path.c_str(), path_.c_str()) != 0)
    throw DataError(path_ + ": cannot be created: " + std::strerror(errno) + ".");
  part_.path.clear();
  started_ = true;
}

void RunLog::append(std::size_t table, std::int64_t step, const std::vector<double>& series,
                    const std::vector<const void*>& arrays) {
  assert(!closed_ && table + 1 < tables_.size());
  tables_.at(table).append(step, series, arrays);
}

void RunLog::event(std::int64_t step, Event event, std::int64_t from_step) {
  assert(!closed_);
  tables_.back().append(step, {static_cast<double>(event), static_cast<double>(from_step)}, {});
}

void RunLog::commit(std::int64_t step, Flush flush_when) {
  assert(!closed_ && step >= committed_);
  committed_ = step;
  if (timer_.due(FlushTimer::Clock::now()) || flush_when == Flush::now) flush();
}

// Rows first, then the step that vouches for them.
void RunLog::flush() {
  for (RunTable& table : tables_) unflushed_ = table.write(committed_) || unflushed_;
  if (unflushed_) file_.flush();
  unflushed_ = false;
  if (written_ != committed_) {
    progress_.write(Element::int64, &committed_);
    file_.flush();
    written_ = committed_;
  }
  timer_.flushed(FlushTimer::Clock::now());
}

void RunLog::close() {
  if (closed_) return;
  if (started_) flush();
  closed_ = true;
  tables_.clear();
  progress_.close();
  file_.close();
}

}  // namespace saddle
