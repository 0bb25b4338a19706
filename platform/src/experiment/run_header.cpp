#include "experiment/run_header.hpp"

#include <saddle/base/error.hpp>

namespace saddle {
namespace {

constexpr std::int64_t kFormatVersion = 1;

template <class T>
T held(const hdf5::Object& object, const std::string& what, const hdf5::Scalar& value) {
  if (const T* found = std::get_if<T>(&value)) return *found;
  throw DataError(object.file() + ": " + what + " is of another type than saddle writes.");
}

std::string text(const hdf5::File& file, const std::string& name) {
  return held<std::string>(file, name, file.dataset(name).scalar());
}

void check_format(const hdf5::File& file, const std::string& format) {
  if (!file.has_attribute("format") || file.attribute("format") != hdf5::Scalar(format))
    throw DataError(file.file() + ": this HDF5 file is no " + format + " file.");
  const auto version = held<std::int64_t>(file, "format_version", file.attribute("format_version"));
  if (version != kFormatVersion)
    throw DataError(file.file() + ": expected " + format + " version " +
                    std::to_string(kFormatVersion) + ", found version " + std::to_string(version) +
                    ". Use the saddle that wrote it.");
}

}  // namespace

void write_header(hdf5::File& file, const std::string& format, const RunHeader& header) {
  file.set_attribute("format", format);
  file.set_attribute("format_version", kFormatVersion);
  file.set_attribute("name", header.name);
  file.set_attribute("seed", header.seed);
  file.set_attribute("created", header.created);
  file.set_attribute("saddle_version", std::string(SADDLE_VERSION));
  file.create_scalar("spec/source", header.spec_source);
  file.create_scalar("spec/resolved", header.spec_resolved);
  hdf5::Group provenance = file.create_group("provenance");
  for (const auto& [name, value] : header.provenance) provenance.create_scalar(name, value);
}

std::int64_t integer(const hdf5::Group& group, const std::string& name) {
  const hdf5::Dataset dataset = group.dataset(name);
  return held<std::int64_t>(dataset, dataset.path(), dataset.scalar());
}

RunHeader read_header(const hdf5::File& file, const std::string& format) {
  check_format(file, format);
  RunHeader header;
  header.name = held<std::string>(file, "name", file.attribute("name"));
  header.seed = held<std::uint64_t>(file, "seed", file.attribute("seed"));
  header.created = held<std::string>(file, "created", file.attribute("created"));
  header.saddle_version =
      held<std::string>(file, "saddle_version", file.attribute("saddle_version"));
  header.spec_source = text(file, "spec/source");
  header.spec_resolved = text(file, "spec/resolved");
  const hdf5::Group provenance = file.group("provenance");
  for (const std::string& name : provenance.datasets_below())
    header.provenance.emplace_back(name, provenance.dataset(name).scalar());
  return header;
}

std::string fact_text(const Facts& facts, const std::string& name) {
  for (const auto& [fact, value] : facts)
    if (fact == name)
      if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return "";
}

}  // namespace saddle
