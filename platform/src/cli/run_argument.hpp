#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace saddle::cli {

// Add an argument for a run, or several: the run.h5, or the folder that it lies in.
void add_run_argument(CLI::App& command, std::string& file, const std::string& name = "RUN");
void add_run_argument(CLI::App& command, std::vector<std::string>& files);
// Lets an option that takes a run.h5 take its folder, too.
void allow_folder(CLI::Option* option);
// Lets an option that takes the folder of a run take its run.h5, too.
void allow_log(CLI::Option* option);

}  // namespace saddle::cli
