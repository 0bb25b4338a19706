#include "experiment/state_table.hpp"

#include <saddle/base/error.hpp>

#include "experiment/run_file.hpp"

#include <cstring>

namespace saddle {
namespace {

Table layout_of_states(const hdf5::File& run) {
  for (Table& table : read_layout(run).tables)
    if (table.path == "states") return std::move(table);
  throw DataError(run.file() + ": holds no states.");
}

Shape shape_of(const Array& array) {
  Shape shape;
  for (const Axis& axis : array.axes) shape.push_back(axis.size);
  return shape;
}

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

StateTable::StateTable(const hdf5::File& run)
    : group_(run.group("states")),
      table_(layout_of_states(run)),
      steps_(committed_steps(run, group_)) {}

State StateTable::read(std::size_t row) const {
  State state;
  state.step = steps_.at(row);
  for (const Series& series : table_.series)
    group_.dataset(series.name)
        .read_rows(row, 1, hdf5::Element::float64, &state.numbers[series.name]);
  for (const Array& array : table_.arrays) {
    const hdf5::Dataset dataset = group_.dataset(array.path);
    dataset.require_written(1);
    Tensor value = empty(shape_of(array));
    dataset.read_rows(row, 1, kScalarElement, value.data());
    state.tensors[array.path] = std::move(value);
  }
  return state;
}

std::optional<StateDifference> first_difference(const State& first, const State& second) {
  for (const auto& [name, value] : first.tensors) {
    const Tensor& other = second.tensor(name, value.shape());
    for (std::size_t i = 0; i < value.size(); ++i)
      if (std::memcmp(value.data() + i, other.data() + i, sizeof(Scalar)) != 0)
        return StateDifference{name + ", element " + std::to_string(i),
                               static_cast<double>(value.data()[i]),
                               static_cast<double>(other.data()[i])};
  }
  for (const auto& [name, value] : first.numbers)
    if (!same_bits(value, second.number(name)))
      return StateDifference{name, value, second.number(name)};
  return std::nullopt;
}

}  // namespace saddle
