"""What becomes of a case: by the exit code, and by the numbers of a run that was resumed."""
import pathlib
import sys
import tempfile
import unittest

from cases import FINDING, NOT_FINITE, RAN, REFUSED, Runs, without_numbers

# Stands in for saddle: `run` exits with the spec's code, `resume` adds what its spec says to a number.
STAND_IN = f"""#!{sys.executable}
import h5py, json, pathlib, sys
command, name = sys.argv[1:3]
spec = json.loads(pathlib.Path(name.split("-")[0].removesuffix(".yaml") + ".yaml").read_text())
folder = pathlib.Path(name if command == "resume" else sys.argv[4])
folder.mkdir(exist_ok=True)
with h5py.File(folder / "run.h5", "w") as run:
    run["losses/bce"] = [1.0, 2.0 + (spec["drift"] if command == "resume" else 0)]
    run["timing/seconds"] = float(command == "resume")
print("as the spec says, step 7", file=sys.stderr)
sys.exit(spec["code"])
"""


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        saddle = self.folder / "saddle"
        saddle.write_text(STAND_IN)
        saddle.chmod(0o755)
        self.runs = Runs(saddle, self.folder)

    def resume(self, code=0, drift=0.0):
        return self.runs.resume("1", {"code": code, "drift": drift, "train": {"steps": 6}})

    def test_an_exit_code_is_named(self):
        for code, result in (0, RAN), (2, REFUSED), (5, NOT_FINITE):
            found, _ = self.runs.run("1", {"code": code})
            self.assertEqual(found, result)
        self.assertEqual([file.name for file in self.folder.iterdir()], ["saddle"])

    def test_another_exit_code_is_a_finding_whose_spec_is_kept(self):
        spec = self.folder / "1.yaml"
        self.assertEqual(self.runs.run("1", {"code": 3}),
                         (FINDING, f"{spec}: exit code 3: as the spec says, step 7"))
        self.assertTrue(spec.exists())

    def test_a_resumed_run_is_compared_bit_by_bit_but_for_its_times(self):
        self.assertEqual(self.resume(), (RAN, ""))
        self.assertEqual(self.resume(drift=1e-15), (FINDING, f"{self.folder}/1.yaml: once it was "
                                                    "resumed, these differ: losses/bce"))

    def test_a_run_that_cannot_be_resumed_is_named_as_others_are(self):
        self.assertEqual(self.resume(code=5)[0], NOT_FINITE)

    def test_reasons_are_shared_by_cases_of_other_numbers(self):
        self.assertEqual(without_numbers("step 7: -1.5e-3 of 12 is too large"),
                         "step #: # of # is too large")


if __name__ == "__main__":
    unittest.main()
