#include "experiment/log_writer.hpp"

#include <utility>

namespace saddle {

LogWriter::LogWriter(std::unique_ptr<RunLog> log)
    : log_(std::move(log)),
      rows_(log_->rows()),
      timer_(FlushTimer::Clock::now()),
      committed_(log_->committed()),
      handed_over_(committed_) {
  for (std::size_t table = 0; table < rows_.size(); ++table)
    array_bytes_.push_back(log_->array_bytes(table));
  thread_ = std::thread([this] { work(); });
}

LogWriter::~LogWriter() {
  try {
    close();
  } catch (const std::exception&) {
    // The owner closes where it wants to know.
  }
}

void LogWriter::Row::append_to(RunLog& log) const {
  if (event) return log.event(step, *event, from_step);
  PoolVector<const void*> blocks;
  for (const auto& array : arrays) blocks.push_back(array.data());
  log.append(table, step, series, blocks);
}

void LogWriter::append(std::size_t table, std::int64_t step, PoolVector<double> series,
                       const PoolVector<const void*>& arrays) {
  PoolVector<std::vector<std::byte>> copies;
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    const auto* const begin = static_cast<const std::byte*>(arrays[i]);
    copies.emplace_back(begin, begin + array_bytes_.at(table).at(i));
    appended_bytes_ += copies.back().size();
  }
  appended_bytes_ += series.size() * sizeof(double);
  appended_.push_back({table, step, std::move(series), std::move(copies), {}, -1});
  ++rows_.at(table);
}

void LogWriter::event(std::int64_t step, Event event, std::int64_t from_step) {
  appended_.push_back({rows_.size() - 1, step, {}, {}, event, from_step});
  ++rows_.back();
}

void LogWriter::commit(std::int64_t step, Flush flush) {
  committed_ = step;
  if (timer_.due(FlushTimer::Clock::now()) || flush == Flush::now) hand_over();
}

// Gives the thread everything that is committed.
void LogWriter::hand_over() {
  if (committed_ == handed_over_ && appended_.empty()) return;
  auto run = [this, rows = std::exchange(appended_, {}), step = committed_] {
    for (const Row& row : rows) row.append_to(*log_);
    log_->commit(step);
  };
  push({std::move(run), std::exchange(appended_bytes_, 0)});
  handed_over_ = committed_;
  timer_.flushed(FlushTimer::Clock::now());
}

void LogWriter::then(std::function<void()> task, std::size_t bytes) {
  hand_over();
  push({[this, task = std::move(task)] {
          log_->sync();
          task();
        },
        bytes});
}

void LogWriter::push(Task task) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] {
    return failure_ || tasks_.empty() || waiting_bytes_ + task.bytes <= kMostWaiting;
  });
  if (failure_) std::rethrow_exception(failure_);
  waiting_bytes_ += task.bytes;
  tasks_.push_back(std::move(task));
  changed_.notify_all();
}

void LogWriter::work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    busy_ = true;
    changed_.notify_all();  // the next may wait in its place
    const bool works = !failure_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      if (works) task.run();
    } catch (...) {
      failure = std::current_exception();
    }
    task.run = nullptr;
    lock.lock();
    if (failure) failure_ = failure;
    waiting_bytes_ -= task.bytes;
    busy_ = false;
    changed_.notify_all();
  }
}

void LogWriter::drain() {
  hand_over();
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return tasks_.empty() && !busy_; });
  if (failure_) std::rethrow_exception(failure_);
}

void LogWriter::end_thread() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void LogWriter::close() {
  if (!thread_.joinable()) return;
  std::exception_ptr failure;
  try {
    hand_over();
  } catch (...) {
    failure = std::current_exception();
  }
  end_thread();
  if (!failure) failure = failure_;
  if (failure) std::rethrow_exception(failure);
  log_->close();
}

}  // namespace saddle
