#pragma once

#include <saddle/base/pool.hpp>

#include "experiment/flush_timer.hpp"
#include "experiment/run_log.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace saddle {

// Writes a run's log on a thread of its own, so that training does not wait for the disk; it waits
// only where more than kMostWaiting bytes would have to wait for the thread. Rows are handed over
// before they are half a second old.
//
// What goes wrong on the thread is thrown by the next call here, and by all that follow; nothing
// more is written then. To be used by one thread at a time.
class LogWriter {
 public:
  static constexpr std::size_t kMostWaiting = std::size_t{256} << 20;

  // `log` was started, with what it took over.
  explicit LogWriter(std::unique_ptr<RunLog> log);
  ~LogWriter();  // writes what was committed, without a word where that fails
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // See RunLog.
  void append(std::size_t table, std::int64_t step, PoolVector<double> series,
              const PoolVector<const void*>& arrays = {});
  void event(std::int64_t step, Event event, std::int64_t from_step = -1);

  enum class Flush {
    when_due,  // when rows would become older than half a second
    now,       // at metric records, and before long work
  };
  // Everything up to and including `step` has been appended. To be called every step.
  void commit(std::int64_t step, Flush flush = Flush::when_due);
  // The rows appended to each table, those taken over included.
  const RowCounts& rows() const { return rows_; }

  // The last step that is committed; -1 where none is.
  std::int64_t committed() const { return committed_; }

  // Does something on the thread once all that is committed is on the disk. It holds `bytes` of
  // memory until then.
  void then(std::function<void()> task, std::size_t bytes);
  // Waits for all that was asked of the thread.
  void drain();
  // Ends the thread and closes the file in order.
  void close();

 private:
  // A row of a table, or an event.
  struct Row {
    std::size_t table;
    std::int64_t step;
    PoolVector<double> series;
    PoolVector<std::vector<std::byte>> arrays;
    std::optional<Event> event;
    std::int64_t from_step;

    void append_to(RunLog& log) const;
  };
  struct Task {
    std::function<void()> run;
    std::size_t bytes;
  };
  void hand_over();
  void push(Task task);
  void work();
  void end_thread();

  std::unique_ptr<RunLog> log_;
  std::vector<std::vector<std::size_t>> array_bytes_;  // by table
  RowCounts rows_;
  FlushTimer timer_;
  // Rows that were appended and not handed over yet.
  PoolVector<Row> appended_;
  std::size_t appended_bytes_ = 0;
  std::int64_t committed_, handed_over_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  std::size_t waiting_bytes_ = 0;
  bool busy_ = false, ending_ = false;
  std::exception_ptr failure_;

  std::thread thread_;
};

}  // namespace saddle
