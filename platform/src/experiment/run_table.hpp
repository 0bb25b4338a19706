#pragma once

#include <saddle/base/pool.hpp>

#include "io/hdf5.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// One number per row. The name may hold slashes: "bce/penalty" lies in the subgroup "bce".
struct Series {
  std::string name;
  std::string unit;
  std::vector<std::pair<std::string, hdf5::Scalar>> attributes = {};
  bool integer = false;  // stored as int64 (absent: -1), not as double (absent: NaN)
};

// A dimension of an array: what it counts, and how far. Its scale is "<role>_<size>".
struct Axis {
  std::string role;
  std::uint64_t size;
};

// The path may hold slashes; dots stay dots: "generator/body.0.weight".
struct Array {
  std::string path;
  std::vector<Axis> axes;
};

// A group of the run file whose rows are numbered by its own `step`.
struct Table {
  std::string path;  // "losses", "metrics/modes", "samples"
  std::vector<Series> series;
  std::vector<Array> arrays;  // [T, axes...], one block per row
  std::vector<Array> fixed;   // [axes...], written once
};

// A table in its file, with the rows that wait in memory. Not safe for use by several threads.
class RunTable {
 public:
  // Creates the group and everything in it. `element` is the type of the arrays.
  RunTable(hdf5::Group& root, const Table& table, hdf5::Element element);

  void write_fixed(std::size_t index, const void* values);
  // Copies the first rows, and the fixed arrays, of the same table of another file. Throws
  // DataError where it holds fewer rows, or rows of other steps than up to `last`.
  void take_over(const hdf5::File& past, std::uint64_t rows, std::int64_t last);
  // Copies a row: one number per series, one block per array. Steps never decrease.
  void append(std::int64_t step, const PoolVector<double>& series,
              const PoolVector<const void*>& arrays);
  // Lets go of all objects of the file, and takes hold of those that rows are added to.
  void release();
  void reopen(const hdf5::Group& root);
  // Those appended or taken over.
  std::uint64_t rows() const { return written_ + waiting_steps_.size(); }
  std::vector<std::size_t> array_bytes() const;
  // Writes the waiting rows up to and including `last`, the step index last; returns whether there
  // were any. After DataError the rows still wait.
  bool write(std::int64_t last);

 private:
  struct Column {
    hdf5::Dataset dataset;
    hdf5::Element element;
    std::size_t row_bytes;
    std::vector<std::byte> waiting;
  };
  void check_past(const hdf5::Group& past, std::uint64_t rows, std::int64_t last) const;
  void create_series(const Series& series);
  void create_array(const Array& array, hdf5::Element element);
  void create_fixed(const Array& array, hdf5::Element element);
  void attach_axes(hdf5::Dataset& dataset, const std::vector<Axis>& axes, unsigned first_axis);

  hdf5::Group group_;
  std::map<std::string, hdf5::Dataset> dimensions_;
  std::vector<Column> series_;
  std::vector<Column> arrays_;
  std::vector<std::pair<hdf5::Dataset, hdf5::Element>> fixed_;
  hdf5::Dataset step_;
  std::vector<std::int64_t> waiting_steps_;
  std::uint64_t written_ = 0;  // rows
};

}  // namespace saddle
