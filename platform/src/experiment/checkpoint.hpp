#pragma once

#include "experiment/run_header.hpp"
#include "experiment/state.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace saddle {

// All that a run needs to go on from a step.
struct Checkpoint {
  RunHeader header;
  State state;
};

// The bytes of a checkpoint file: a block of 512 with the SHA-256 of what follows, then an HDF5
// file, which HDF5 finds there by itself. `shown` names the file in messages.
std::string checkpoint_bytes(const Checkpoint& checkpoint, const std::string& shown);

// Throws DataError where the bytes are not those that were written, before HDF5 sees them.
Checkpoint parse_checkpoint(std::string_view bytes, const std::string& shown);

// The checkpoints in the folder of a run: checkpoint.h5 and the one before it. Each is written
// whole under another name first, so that after a kill at any moment at least one of them is whole.
class CheckpointStore {
 public:
  // `every`: the steps between checkpoints by schedule.
  CheckpointStore(const std::string& folder, std::int64_t every);

  // The last checkpoint by schedule stays, as the one before, whatever else is written: where a run
  // rolls back to must not depend on when it was interrupted. Throws DataError.
  void write(const Checkpoint& checkpoint) const;
  // Takes all checkpoints away.
  void clear() const;

  // The latest checkpoint that is whole and not after `step`; a file that is damaged is warned of
  // where the other serves. Throws DataError where there is none.
  Checkpoint latest(std::int64_t step) const;
  // The same of those by schedule.
  Checkpoint latest_scheduled() const;

 private:
  template <class Serves>
  Checkpoint find(const Serves& serves) const;
  bool keeps_current() const;

  std::string folder_, current_, previous_;
  std::int64_t every_;
};

}  // namespace saddle
