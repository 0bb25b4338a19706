#pragma once

namespace saddle {

// The style sheet of a report. c0 to c7 are the colours of runs (Okabe and Ito 2008).
inline constexpr char kStyle[] = R"(
:root { color-scheme: light dark; --ink: #1d2329; --paper: #fff; --faint: #d6dadf; --soft: #68727d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7ea; --paper: #14181c; --faint: #343b43; --soft: #98a2ad; }
}
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 76rem; color: var(--ink);
  background: var(--paper); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1rem 0 .4rem; }
p { margin: .3rem 0; } .soft, figcaption small { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--faint);
  white-space: nowrap; }
th { font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 1.2rem; }
.moments { grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
figure { margin: 0; } figcaption { font-weight: 600; } figcaption small { font-weight: 400; display: block; }
svg { width: 100%; height: auto; display: block; overflow: visible; }
svg text { font-size: 10px; fill: var(--soft); } .left { text-anchor: end; } .below { text-anchor: middle; }
.grid { stroke: var(--faint); fill: none; }
.line { fill: none; stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round; }
.band { stroke: none; opacity: .2; } .baseline { fill: none; stroke-dasharray: 4 3; opacity: .7; }
.flag { fill: none; stroke-width: 1; } .dashed { stroke-dasharray: 6 3; } .scale { font-style: italic; }
svg.points { overflow: hidden; }
.points, .samples { border: 1px solid var(--faint); box-sizing: border-box; width: 100%; }
.samples { image-rendering: pixelated; display: block; }
.real, .generated { fill: none; stroke-width: 2.4; stroke-linecap: round; }
.real { stroke: var(--soft); opacity: .45; } .generated { stroke: #0072b2; opacity: .7; }
.steps { stroke-width: 1.4; opacity: 1; }
.c0 { stroke: #0072b2; } .c1 { stroke: #d55e00; } .c2 { stroke: #009e73; } .c3 { stroke: #cc79a7; }
.c4 { stroke: #e69f00; } .c5 { stroke: #56b4e9; } .c6 { stroke: #7f7f7f; } .c7 { stroke: #b3a100; }
.band.c0 { fill: #0072b2; } .band.c1 { fill: #d55e00; } .band.c2 { fill: #009e73; }
.band.c3 { fill: #cc79a7; } .band.c4 { fill: #e69f00; } .band.c5 { fill: #56b4e9; }
.band.c6 { fill: #7f7f7f; } .band.c7 { fill: #b3a100; }
.key { width: 1.6rem; height: .7rem; display: inline-block; margin-right: .4rem; vertical-align: baseline; }
.legend span { margin-right: 1.4rem; white-space: nowrap; }
pre { overflow-x: auto; font-size: .85rem; border-left: 3px solid var(--faint); padding-left: .8rem; }
summary { cursor: pointer; }
)";

}  // namespace saddle
