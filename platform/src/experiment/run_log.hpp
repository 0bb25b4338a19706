#pragma once

#include "experiment/flush_timer.hpp"
#include "experiment/run_table.hpp"
#include "io/hdf5.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// Who made the run file, and of what.
struct RunHeader {
  std::string name;
  std::uint64_t seed = 0;
  std::string created;  // ISO 8601
  std::string spec_source;
  std::string spec_resolved;
  // Scalars below /provenance; names may hold slashes.
  std::vector<std::pair<std::string, hdf5::Scalar>> provenance;
};

// What happened to a run, as numbered in /events/kind.
enum class Event : std::int64_t {
  started,
  resumed,      // from_step: the checkpoint's step
  finished,     // all steps done
  interrupted,  // by a signal
  stopped,      // stop_when was met
  diverged,     // a value was not finite
  failed,       // an error ended the run
};
const char* event_name(Event event);

// The one writer of a run file (run.h5). Life: construct, which makes "<path>.part" with everything
// in it, since SWMR allows no creation later; fill the fixed arrays, and for a resumed run append
// and commit the rows of its past; start(), from which on the file has its name and can be watched
// and killed; then append and commit step by step; close().
//
// Rows wait in memory until commit() vouches for their step, so no half step reaches the file, and
// at most half a second longer. /progress/step never exceeds what is readable in full: every row
// whose step it reaches is in the file. Every call throws DataError, with the file's name and the
// reason, where the file cannot be written. Not safe for use by several threads.
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
  // Syncs the file, begins SWMR writing, and gives the file its name, replacing what has it.
  void start();

  // A row of a table: one number per series, one block per array, copied. Steps of a table never
  // decrease.
  void append(std::size_t table, std::int64_t step, const std::vector<double>& series,
              const std::vector<const void*>& arrays = {});
  // A row of /events; from_step is -1 where the event has none. As every row it is written only
  // where its step is committed, before or after: what ended the run belongs to the last such step.
  void event(std::int64_t step, Event event, std::int64_t from_step = -1);

  enum class Flush {
    when_due,  // when rows would become older than half a second
    now,       // at metric records, and before long work
  };
  // Everything up to and including `step` has been appended. To be called every step.
  void commit(std::int64_t step, Flush flush = Flush::when_due);
  // Writes what is committed, drops what is not, and closes in order: plain readers open the file.
  void close();

 private:
  void write_header(const RunHeader& header);
  void flush();

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
  std::vector<RunTable> tables_;  // the caller's, then the events
  hdf5::Dataset progress_;
  bool unflushed_ = false;  // rows that HDF5 has and the file may not
  std::int64_t committed_ = -1;
  std::int64_t written_ = -1;
  FlushTimer timer_;
};

}  // namespace saddle
