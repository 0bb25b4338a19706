#include "experiment/run_log.hpp"

#include <saddle/base/error.hpp>

#include "experiment/run_file.hpp"
#include "io/durable.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>

namespace saddle {
namespace {

using hdf5::Element;

constexpr char kPartSuffix[] = ".part";
constexpr std::array kEventNames = {"started", "resumed",  "finished", "interrupted",
                                    "stopped", "diverged", "failed",   "rolled-back"};

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

}  // namespace

const char* event_name(Event event) { return kEventNames.at(static_cast<std::size_t>(event)); }

RunLog::RunLog(const std::string& path, const RunHeader& header, const std::vector<Table>& tables,
               Element element)
    : path_(path),
      file_(hdf5::File::create(path + kPartSuffix, path)),
      part_{path + kPartSuffix},
      progress_(file_.create_scalar("progress/step", std::int64_t{-1})) {
  assert(element == Element::float32 || element == Element::float64);
  write_header(file_, kRunFormat, header);
  for (const Table& table : tables) tables_.emplace_back(file_, table, element);
  tables_.emplace_back(file_, events_table(), element);
}

RunLog::Part::~Part() {
  if (!path.empty()) std::remove(path.c_str());
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

void RunLog::take_over(const hdf5::File& past, const RowCounts& rows, std::int64_t step,
                       std::int64_t committed) {
  assert(!started_ && rows.size() == tables_.size());
  for (std::size_t i = 0; i + 1 < tables_.size(); ++i) tables_[i].take_over(past, rows[i], step);
  take_over_events(past.group("events"), step);
  committed_ = committed;
}

void RunLog::take_over_events(const hdf5::Group& past, std::int64_t step) {
  const std::vector<std::int64_t> steps = whole_numbers(past.dataset("step")),
                                  kinds = whole_numbers(past.dataset("kind")),
                                  from = whole_numbers(past.dataset("from_step"));
  const std::size_t count = std::min({steps.size(), kinds.size(), from.size()});
  for (std::size_t i = 0; i < count && steps[i] >= 0; ++i) {
    const bool later = steps[i] > step;
    if (i > 0 && steps[i] < std::min(step, steps[i - 1]))
      throw DataError(past.file() + ": " + past.path() + "/step: expected steps that never " +
                      "decrease, found " + std::to_string(steps[i]) + " after " +
                      std::to_string(steps[i - 1]) + ".");
    tables_.back().append(
        later ? step : steps[i],
        {static_cast<double>(kinds[i]), static_cast<double>(later ? steps[i] : from[i])}, {});
  }
}

void RunLog::start() {
  assert(!started_ && !closed_);
  write();
  file_.flush();
  // Where the change fails, the library closes the objects that are open twice, and crashes.
  for (RunTable& table : tables_) table.release();
  progress_.close();
  file_.require_closable();
  file_.start_swmr();
  for (RunTable& table : tables_) table.reopen(file_);
  progress_ = file_.dataset("progress/step");
  sync_file(part_.path, path_);
  rename_durably(part_.path, path_);
  part_.path.clear();
  started_ = true;
}

void RunLog::append(std::size_t table, std::int64_t step, const PoolVector<double>& series,
                    const PoolVector<const void*>& arrays) {
  assert(!closed_ && table + 1 < tables_.size());
  tables_.at(table).append(step, series, arrays);
}

void RunLog::event(std::int64_t step, Event event, std::int64_t from_step) {
  assert(!closed_);
  tables_.back().append(step, {static_cast<double>(event), static_cast<double>(from_step)}, {});
}

// Rows first, then the step that vouches for them. What HDF5 failed to write it may forget, so that
// after a failure nothing is vouched for any more.
void RunLog::write() {
  failed_ = true;
  const RunTable* const events = &tables_.back();
  for (RunTable& table : tables_) {
    // That a run started, and why it failed before its first records, needs no record.
    const std::int64_t last = &table == events ? std::max<std::int64_t>(committed_, 0) : committed_;
    unflushed_ = table.write(last) || unflushed_;
  }
  if (unflushed_) file_.flush();
  unflushed_ = false;
  if (written_ != committed_) {
    progress_.write(Element::int64, &committed_);
    file_.flush();
    written_ = committed_;
  }
  failed_ = false;
}

void RunLog::commit(std::int64_t step) {
  assert(!closed_ && step >= committed_);
  committed_ = step;
  write();
}

RowCounts RunLog::rows() const {
  RowCounts counts;
  for (const RunTable& table : tables_) counts.push_back(table.rows());
  return counts;
}

std::vector<std::size_t> RunLog::array_bytes(std::size_t table) const {
  return tables_.at(table).array_bytes();
}

void RunLog::sync() const { sync_file(started_ ? path_ : part_.path, path_); }

void RunLog::close() {
  if (closed_) return;
  if (started_ && !failed_) write();
  closed_ = true;
  tables_.clear();
  progress_.close();
  file_.close();
}

}  // namespace saddle
