"""`saddle report`: runs on one web page."""
import base64
import html.parser
import re
import unittest

import h5py
import numpy as np
from command import CommandTest, spec_text

METRICS = "[{plugin: modes, every: 10, samples: 100}, {plugin: kl-neighbours, every: 10, samples: 100}]"
EMPTY_TAGS = {"meta", "img"}


class Page(html.parser.HTMLParser):
    """A page whose tags close as they should."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.text = [], [], {}
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.setdefault(self.open[-1] if self.open else "", []).append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


class Report(CommandTest):
    def report(self, *arguments):
        done = self.saddle("report", *arguments, "-o", "page.html")
        self.expect(done, 0, "wrote page.html")
        text = (self.folder / "page.html").read_text()
        # Nothing is fetched, and nothing runs.
        self.assertIsNone(re.search(r"https?://|<script|<link|url\(", text))
        return Page(text)

    def test_a_run_of_points_has_its_curves_samples_and_sources(self):
        self.assertEqual(self.run_spec(spec_text(metrics=METRICS)).returncode, 0)
        page = self.report("run/run.h5")
        self.assertEqual(page.text["h2"], ["Runs", "Last values", "Samples", "modes", "kl-neighbours", "losses",
                                           "Players", "Specs and where the runs come from"])
        self.assertEqual([text for text in page.text["figcaption"] if text.startswith("step ")],
                         ["step 0", "step 10", "step 20"])
        names = [text.split(" [")[0] for text in page.text["figcaption"] if not text.startswith("step ")]
        with h5py.File(self.folder / "run/run.h5") as run:
            # Series of losses stand in groups, and a curve of each is drawn but for errors, flags and digests.
            expected = list(name for name in run["metrics/modes"] if name != "step") + ["forward", "reverse"]
            self.assertEqual(set(names[:len(expected)]), set(expected))
            spec = run["spec/resolved"].asstr()[()]
        self.assertIn("r1/squared-norm", names)
        self.assertNotIn("digest", names)
        self.assertIn(spec, page.text["pre"])
        self.assertEqual(len([path for path in page.all("path") if path.get("class") == "generated"]), 3)

    def test_runs_stand_side_by_side(self):
        for seed in (1, 2):
            self.assertEqual(self.run_spec(spec_text(metrics=METRICS, seed=seed), out=f"s{seed}").returncode, 0)
        page = self.report("s1/run.h5", "s2/run.h5")
        self.assertIn("seed 1", page.text["span"])
        self.assertIn("seed 2", page.text["span"])
        lines = [path["class"] for path in page.all("path") if path.get("class", "").startswith("line ")]
        self.assertEqual(lines.count("line c0"), lines.count("line c1"))

    def test_images_are_part_of_the_page(self):
        np.save(self.folder / "images.npy", np.zeros((4, 5, 3, 1), "f4") - [[[[1]]], [[[0]]], [[[1]]], [[[0]]]])
        self.assertEqual(self.run_spec(spec_text(
            dataset="{plugin: npy, path: images.npy}", losses="[{plugin: bce}]", train="{steps: 3, batch: 2}",
            log="{samples: {every: 3, count: 9}}")).returncode, 0)
        images = self.report("run/run.h5").all("img")
        self.assertEqual(len(images), 2)
        begin = "data:image/png;base64,"
        for image in images:
            self.assertTrue(image["src"].startswith(begin))
            png = base64.b64decode(image["src"][len(begin):], validate=True)
            # Three lines of three images of 5 by 3.
            self.assertEqual((png[:4], png[16:24]), (b"\x89PNG", bytes([0, 0, 0, 9, 0, 0, 0, 15])))

    def test_numbers_have_histograms(self):
        np.save(self.folder / "numbers.npy", np.linspace(-1, 1, 50, dtype="f4").reshape(50, 1))
        self.assertEqual(self.run_spec(spec_text(dataset="{plugin: npy, path: numbers.npy}")).returncode, 0)
        paths = [path["class"] for path in self.report("run/run.h5").all("path")]
        self.assertEqual((paths.count("real steps"), paths.count("generated steps")), (3, 3))

    def test_a_file_of_anybody_is_only_text(self):
        self.assertEqual(self.run_spec(spec_text()).returncode, 0)
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            run.attrs["name"] = "<script>alert(1)</script>&\""
            run["losses/generator"].attrs["unit"] = "<b>"
        page = self.report("run/run.h5")
        self.assertEqual(page.text["title"], ["<script>alert(1)</script>&\""])
        self.assertFalse(page.all("b"))

    def test_a_run_without_records_and_a_long_one(self):
        self.assertEqual(self.run_spec(spec_text(train="{steps: 3000, batch: 4}")).returncode, 0)
        page = self.report("run/run.h5")
        lines = [path["d"] for path in page.all("path") if path.get("class") == "line c0"]
        self.assertLessEqual(max(len(re.findall("[ML]", line)) for line in lines), 500)
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            run["progress/step"][()] = -1
        self.report("run/run.h5")

    def test_values_that_differ_in_their_last_digits_and_huge_ones_are_drawn(self):
        self.assertEqual(self.run_spec(spec_text(metrics=METRICS)).returncode, 0)
        for values in ([1, 1, np.nextafter(1, 2)], [1e16, 1e16 + 2, 1e16], [-1e308, 1e308, 1], [5e-324, 1e308, 1],
                       [np.inf, -np.inf, np.nan]):
            with h5py.File(self.folder / "run/run.h5", "a") as run:
                run["metrics/modes/reverse-kl-all"][...] = values
            page = self.report("run/run.h5")
            self.assertFalse([path for path in page.all("path") if re.search("nan|inf", path.get("d", ""))])

    def test_tables_that_are_none_are_told(self):
        self.assertEqual(self.run_spec(spec_text()).returncode, 0)
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            del run["samples/generated"]
            run["samples/generated"] = 1.0
        self.expect(self.saddle("report", "run"), 4, "run/run.h5: /samples/generated: expected samples by their number.")

    def test_settings_have_colours_and_seeds_share_them(self):
        files = []
        for gamma in (1, 2):
            for seed in (1, 2):
                files.append(f"g{gamma}s{seed}")
                text = spec_text(metrics=METRICS, seed=seed, losses=f"[{{plugin: bce}}, {{plugin: r1, gamma: {gamma}}}]")
                self.assertEqual(self.run_spec(text, out=files[-1]).returncode, 0)
        page = self.report(*files)
        self.assertEqual(page.text["span"][:2], ["gamma=1", "gamma=2"])
        self.assertIn("gamma=2, seed 1", page.text["h3"])
        lines = [path["class"] for path in page.all("path") if path.get("class", "").startswith("line ")]
        self.assertEqual(set(lines), {"line c0", "line c1"})

    def test_mistakes_are_told(self):
        self.write("x", "x.h5")
        self.expect(self.saddle("report", "x.h5"), 4, "x.h5: cannot be opened: it is no HDF5 file.")
        self.assertEqual(self.run_spec(spec_text()).returncode, 0)
        log = (self.folder / "run/run.h5").read_bytes()
        self.expect(self.saddle("report", "-o", "run/run.h5", "run/run.h5"), 2,
                    "--output run/run.h5: expected a name that ends in .html.")
        self.assertEqual((self.folder / "run/run.h5").read_bytes(), log)
        self.expect(self.saddle("report", "run/run.h5", "-o", "no/page.html"), 4,
                    "no/page.html: cannot be created: No such file or directory.")


if __name__ == "__main__":
    unittest.main()
