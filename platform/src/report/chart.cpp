#include "report/chart.hpp"

#include "report/html.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace saddle {
namespace {

constexpr double kLargest = 1e100;
constexpr double kWidth = 360, kHeight = 210, kLeft = 50, kRight = 352, kTop = 8, kBottom = 188;

std::string number(double value, const char* format = "%.1f") {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  // Larger ones have no place in a chart.
  void include(double value) {
    if (!(std::abs(value) < kLargest)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  bool empty() const { return low > high; }
};

// From values to places in the picture.
class Frame {
 public:
  Frame(const std::vector<ChartLine>& lines, bool may_be_log) {
    for (const ChartLine& line : lines) {
      for (const double x : line.x) x_.include(x);
      for (const double y : line.y) y_.include(y);
      for (const double y : line.baseline) y_.include(y);
    }
    // Steps count from 0.
    x_.include(0);
    if (x_.high == x_.low) x_.high = x_.low + 1;
    if (y_.empty()) y_ = {0, 1};
    log_ = may_be_log && y_.low > 1 / kLargest && y_.high > 10 * y_.low;
    const double size = std::max(std::abs(y_.low), std::abs(y_.high));
    const double spread = y_.high - y_.low;
    // What differs in its last digits is one value.
    const bool is_flat = spread <= 1e-9 * size;
    const double margin = !is_flat ? 0.05 * spread : size > 0 ? 0.1 * size : 1;
    y_ = log_ ? Range{y_.low / 1.1, y_.high * 1.1} : Range{y_.low - margin, y_.high + margin};
  }

  double x(double value) const {
    return kLeft + (value - x_.low) / (x_.high - x_.low) * (kRight - kLeft);
  }
  // Kept within the frame, which bands may leave.
  double y(double value) const {
    const double share =
        log_ ? std::log(std::max(value, y_.low) / y_.low) / std::log(y_.high / y_.low)
             : (value - y_.low) / (y_.high - y_.low);
    return kBottom - std::clamp(share, 0.0, 1.0) * (kBottom - kTop);
  }

  std::string axes() const {
    std::string out =
        log_
            ? html::element("text", "log",
                            {{"x", number(kLeft + 4)}, {"y", number(kTop + 6)}, {"class", "scale"}})
            : "";
    for (const double tick : y_ticks()) {
      const std::string place = number(y(tick));
      out += html::element(
          "path", "",
          {{"class", "grid"}, {"d", "M" + number(kLeft) + " " + place + "H" + number(kRight)}});
      out += html::element(
          "text", number(tick, "%.4g"),
          {{"x", number(kLeft - 5)}, {"y", number(y(tick) + 3.5)}, {"class", "left"}});
    }
    for (const double tick : round_ticks(x_.low, x_.high, 4))
      out +=
          html::element("text", number(tick, "%.6g"),
                        {{"x", number(x(tick))}, {"y", number(kBottom + 15)}, {"class", "below"}});
    return out;
  }

 private:
  std::vector<double> y_ticks() const {
    if (!log_) return round_ticks(y_.low, y_.high, 5);
    std::vector<double> ticks;
    const double decades = std::log10(y_.high / y_.low);
    const int apart = std::max(1, static_cast<int>(decades / 4));
    for (int power = static_cast<int>(std::ceil(std::log10(y_.low)));
         std::pow(10, power) <= y_.high; power += apart)
      ticks.push_back(std::pow(10, power));
    return ticks.size() > 1 ? ticks : std::vector<double>{y_.low, y_.high};
  }

  Range x_, y_;
  bool log_ = false;
};

// The places of some values as a path, broken where one is not finite.
std::string path(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame) {
  std::string out;
  bool pen_is_down = false;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (!(std::abs(y[i]) < kLargest)) {
      pen_is_down = false;
      continue;
    }
    out += (pen_is_down ? "L" : "M") + number(frame.x(x[i])) + " " + number(frame.y(y[i]));
    // A point by itself is a dot.
    if (!pen_is_down) out += "h0";
    pen_is_down = true;
  }
  return out;
}

std::string band(const ChartLine& line, const Frame& frame) {
  std::string above, below;
  for (std::size_t i = 0; i < line.error.size(); ++i) {
    if (!std::isfinite(line.y[i]) || !std::isfinite(line.error[i])) continue;
    const std::string x = number(frame.x(line.x[i])) + " ";
    above += (above.empty() ? "M" : "L") + x + number(frame.y(line.y[i] + line.error[i]));
    below = "L" + x + number(frame.y(line.y[i] - line.error[i])) + below;
  }
  return above.empty() ? "" : above + below + "Z";
}

std::string drawn(const ChartLine& line, const Frame& frame) {
  const std::string classes = " " + line.classes;
  std::string out;
  if (const std::string shape = band(line, frame); !shape.empty())
    out += html::element("path", "", {{"class", "band" + classes}, {"d", shape}});
  if (!line.baseline.empty())
    out += html::element(
        "path", "", {{"class", "baseline" + classes}, {"d", path(line.x, line.baseline, frame)}});
  out +=
      html::element("path", "", {{"class", "line" + classes}, {"d", path(line.x, line.y, frame)}});
  for (std::size_t i = 0; i < line.flagged.size(); ++i)
    if (line.flagged[i] && std::isfinite(line.y[i]))
      out += html::element("circle", "",
                           {{"class", "flag" + classes},
                            {"cx", number(frame.x(line.x[i]))},
                            {"cy", number(frame.y(line.y[i]))},
                            {"r", "3.5"}});
  return out;
}

}  // namespace

std::vector<double> round_ticks(double low, double high, std::size_t count) {
  const double rough = (high - low) / static_cast<double>(count);
  if (!(rough > 0) || !std::isfinite(rough)) return {low};
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double share = rough / power;
  const double apart = power * (share > 5 ? 10 : share > 2 ? 5 : share > 1 ? 2 : 1);
  const double first = std::ceil(low / apart);
  std::vector<double> ticks;
  // Never more, however the numbers are rounded.
  for (std::size_t i = 0; i < 2 * count + 2; ++i) {
    const double tick = (first + static_cast<double>(i)) * apart;
    if (!(tick <= high)) break;
    ticks.push_back(tick == 0 ? 0 : tick);
  }
  return ticks;
}

std::string chart(const std::vector<ChartLine>& lines, bool may_be_log) {
  const Frame frame(lines, may_be_log);
  std::string content = frame.axes();
  for (const ChartLine& line : lines) content += drawn(line, frame);
  return html::element(
      "svg", content,
      {{"viewBox", "0 0 " + number(kWidth, "%.0f") + " " + number(kHeight, "%.0f")},
       {"role", "img"}});
}

}  // namespace saddle
