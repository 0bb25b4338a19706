#pragma once

#include <saddle/base/pool.hpp>

#include "experiment/run_header.hpp"
#include "experiment/run_table.hpp"
#include "io/hdf5.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// What happened to a run, as numbered in /events/kind.
enum class Event : std::int64_t {
  started,
  resumed,      // at a checkpoint's step; from_step: how far the log had come
  finished,     // all steps done
  interrupted,  // by a signal
  stopped,      // stop_when was met
  diverged,     // a value was not finite
  failed,       // an error ended the run
  rolled_back,  // to a checkpoint's step; from_step: where a value was not finite
};
inline constexpr Event kLastEvent = Event::rolled_back;
const char* event_name(Event event);

// How much of each table of a log a checkpoint has seen, events last.
using RowCounts = std::vector<std::uint64_t>;

// The one writer of a run file (run.h5). Life: construct, which makes "<path>.part" with everything
// in it, since SWMR allows no creation later; fill the fixed arrays, and for a resumed run take
// over its past; start(), from which on the file has its name and can be watched and killed; then
// append and commit step by step; close().
//
// Rows wait in memory until commit() vouches for their step, so no half step reaches the file.
// /progress/step never exceeds what is readable in full: every row whose step it reaches is in the
// file. Every call throws DataError, with the file's name and the reason, where the file cannot be
// written. Not safe for use by several threads at once.
class RunLog {
 public:
  // `element` is the type of all arrays: float32 or float64.
  RunLog(const std::string& path, const RunHeader& header, const std::vector<Table>& tables,
         hdf5::Element element);
  ~RunLog();  // closes quietly; a file that was never started is removed
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  // Before start(): the values of the table's fixed array. Tables are numbered as constructed.
  void write_fixed(std::size_t table, std::size_t fixed, const void* values);
  // Before start(): copies the first rows of each table, and the fixed arrays, from the log of this
  // run's past, which has come to `step` and holds all records up to step `committed`. Events that
  // came later are kept: they stand at `step`, and say in from_step when they were. Throws
  // DataError where the past holds less.
  void take_over(const hdf5::File& past, const RowCounts& rows, std::int64_t step,
                 std::int64_t committed);
  // Syncs the file, begins SWMR writing, and gives the file its name, replacing what has it.
  void start();

  // A row of a table: one number per series, one block per array, copied. Steps of a table never
  // decrease.
  void append(std::size_t table, std::int64_t step, const PoolVector<double>& series,
              const PoolVector<const void*>& arrays = {});
  // A row of /events; from_step is -1 where the event has none. As every row it is written only
  // where its step is committed, before or after, or is 0: what ended the run belongs to the last
  // such step.
  void event(std::int64_t step, Event event, std::int64_t from_step = -1);

  // Everything up to and including `step` has been appended: writes it.
  void commit(std::int64_t step);
  // The last step that is committed; -1 where none is.
  std::int64_t committed() const { return committed_; }
  // The rows of each table so far, the events last.
  RowCounts rows() const;
  // The bytes of one row of each array of a table.
  std::vector<std::size_t> array_bytes(std::size_t table) const;
  // Waits until what is committed is on the disk.
  void sync() const;
  // Writes what is committed, drops what is not, and closes in order: plain readers open the file.
  // After a call that threw, nothing more is written.
  void close();

 private:
  void take_over_events(const hdf5::Group& past, std::int64_t step);
  void write();

  // The file's name before start(), then empty. What still has that name in the end is removed.
  struct Part {
    ~Part();
    std::string path;
  };

  std::string path_;
  hdf5::File file_;
  Part part_;  // after the file, which another run's lock may keep from being ours
  bool started_ = false;
  bool closed_ = false;
  bool failed_ = false;           // a write did; or one is under way
  std::vector<RunTable> tables_;  // the caller's, then the events
  hdf5::Dataset progress_;
  bool unflushed_ = false;  // rows that HDF5 has and the file may not
  std::int64_t committed_ = -1;
  std::int64_t written_ = -1;
};

}  // namespace saddle
