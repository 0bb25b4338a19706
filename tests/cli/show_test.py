"""`saddle show` on what a run holds last."""
import json
import unittest

import h5py
from command import CommandTest, spec_text


class Show(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text(losses="[{plugin: bce}]")).returncode, 0)
        with h5py.File(self.folder / "run/run.h5", "a") as run:
            for name, value in {"discriminator": "inf", "generator": "-inf", "bce-discriminator": "nan",
                                "bce-generator": 0.5}.items():
                run["losses"][name][-1] = float(value)

    def summary(self):
        return json.loads(self.saddle("show", "run/run.h5", "--json").stdout)

    def test_infinite_numbers_are_told_from_those_that_are_none(self):
        self.assertEqual(self.summary()["losses"]["last_values"], {
            "discriminator": "inf", "generator": "-inf", "bce-discriminator": None, "bce-generator": 0.5})
        self.assertIn("  discriminator: inf\n  generator: -inf\n  bce-discriminator: not a number\n"
                      "  bce-generator: 0.5\n", self.saddle("show", "run/run.h5").stdout)

    def test_sizes_of_dimensions_are_no_values(self):
        summary = self.summary()
        for table in ("samples", "weights"):
            self.assertEqual(summary[table], {"records": 3, "last_step": 20, "last_values": {}})


if __name__ == "__main__":
    unittest.main()
