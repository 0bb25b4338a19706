"""`saddle estimate` on data as its users have it."""
import json
import math
import pathlib
import sys
import unittest

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))
from command import CommandTest  # noqa: E402
from information_tasks import TASKS  # noqa: E402

PLAIN = ("--set", "error=none")


class Estimate(CommandTest):
    def estimate(self, *arguments):
        done = self.saddle("estimate", *arguments, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["estimates"]

    def save(self, name, rows):
        numpy.save(self.folder / name, numpy.array(rows))
        return name

    def pairs(self):
        """100 pairs of correlation near 0.8, without a generator of random numbers."""
        i = numpy.arange(100.0)
        x, noise = numpy.sin(1.7 * i * i), numpy.cos(2.9 * i * i + 1)
        return self.save("x.npy", x), self.save("y.npy", 0.8 * x + 0.6 * noise)

    def test_information_chooses_its_estimator_where_none_is_named(self):
        x, y = self.pairs()
        (found,) = self.estimate("mi", "--x", x, "--y", y, *PLAIN, "--set", "steps=1")
        self.assertEqual((found["estimator"], found["chosen"]), ("auto", ["neighbours"]))
        self.assertIn("uncalibrated", found["flags"])

    def test_an_estimate_is_a_json_object_with_everything_that_belongs_to_it(self):
        x, y = self.pairs()
        found = self.estimate("mi", "--estimator", "ksg1,gaussian", "--x", x, "--y", y, "--set",
                              "ksg1.k=5")
        for estimate in found:
            self.assertEqual(list(estimate), ["estimator", "value", "stderr", "unit", "baseline", "ceiling",
                                              "n", "options", "flags", "seconds"])
        ksg1, gaussian = found
        self.assertEqual(ksg1["options"], {"k": 5, "standardise": True, "error": "subsampling", "groups": 20,
                                           "seed": 1, "permutations": 5})
        self.assertEqual(gaussian["options"], {"error": "jackknife", "groups": 20, "seed": 1,
                                               "permutations": 5})
        self.assertEqual((ksg1["unit"], ksg1["n"], gaussian["ceiling"]), ("nats", 100, None))
        # psi(100) - psi(5): the sum of 1 / j from 5 to 99.
        self.assertAlmostEqual(ksg1["ceiling"], sum(1 / j for j in range(5, 100)), places=12)
        self.assertGreater(gaussian["value"], 5 * abs(gaussian["baseline"]))

    def test_a_copy_reaches_the_ceiling_of_each_estimator_and_is_flagged(self):
        # Each point's neighbours are the same k in x, in y and in both: psi(n) - psi(k), of the second
        # less 1 / k, which can be no more.
        x = self.save("x.npy", numpy.random.default_rng(1).standard_normal(200))
        for k in (1, 3):
            ksg1, ksg2 = self.estimate("mi", "--estimator", "ksg1,ksg2", "--x", x, "--y", x, *PLAIN,
                                       "--set", f"ksg1.k={k}", "--set", f"ksg2.k={k}")
            most = sum(1 / j for j in range(k, 200))
            for found, truth in ((ksg1, most), (ksg2, most - 1 / k)):
                self.assertAlmostEqual(found["value"], truth, places=12)
                self.assertAlmostEqual(found["ceiling"], truth, places=12)
                self.assertIn("saturated", found["flags"])

    def test_values_have_their_closed_forms(self):
        counts = self.save("labels.npy", [0, 0, 1, 1])
        (plug_in,) = self.estimate("entropy", "--estimator", "plug-in", "--x", counts, *PLAIN)
        self.assertAlmostEqual(plug_in["value"], math.log(2), places=14)
        self.assertEqual((plug_in["stderr"], plug_in["baseline"], plug_in["flags"]), (None, None, []))
        other = self.save("other.npy", [0, 1, 1, 1])
        (kl,) = self.estimate("kl", "--estimator", "plug-in", "--x", counts, "--y", other, *PLAIN)
        self.assertAlmostEqual(kl["value"], 0.5 * math.log(2) + 0.5 * math.log(2 / 3), places=14)
        (nsb,) = self.estimate("entropy", "--estimator", "nsb", "--x", counts, *PLAIN)
        self.assertAlmostEqual(nsb["value"], 0.626187, places=6)
        x = self.save("five.npy", [1.0, 2.0, 3.0, 4.0, 5.0])
        (kl_entropy,) = self.estimate("entropy", "--estimator", "kozachenko-leonenko", "--x", x, "--set", "k=2",
                                      "--unit", "bits", *PLAIN)
        self.assertAlmostEqual(kl_entropy["value"], 2.9629196276, places=9)
        self.assertEqual(kl_entropy["unit"], "bits")

    def test_the_same_numbers_give_the_same_value_from_every_kind_of_file(self):
        x = [[0.5, 1], [1.25, 3], [2, -2], [3.5, 0]]
        self.save("x.npy", x)
        numpy.save(self.folder / "big.npy", numpy.array(x, dtype=">f4"))
        self.write("a,b\n" + "".join(f"{a},{b}\n" for a, b in x), "named.csv")
        self.write("".join(f"{a},{b}\n" for a, b in x), "bare.csv")
        self.write("".join(f" {a}, {b}\n" for a, b in x), "spaced.csv")
        self.write("b,id,a\n" + "".join(f"{b},7,{a}\n" for a, b in x), "more.csv")
        with h5py.File(self.folder / "x.h5", "w") as file:
            file["group/x"] = numpy.array(x, dtype="f4")
        found = [self.estimate("entropy", "--estimator", "gaussian", "--x", where, *PLAIN)[0]["value"]
                 for where in ("x.npy", "big.npy", "named.csv", "bare.csv", "spaced.csv", "more.csv:a,b", "x.h5:/group/x")]
        self.assertEqual(found, [found[0]] * 7)

    def test_a_table_of_steps_is_read_one_record_at_a_time(self):
        x = numpy.array([[[0.5, 1], [1.25, 3], [2, -2], [3.5, 0]]] * 3) * [[[1]], [[2]], [[3]]]
        with h5py.File(self.folder / "run.h5", "w") as file:
            file["step"] = [0, 10, 20]
            file["step"].make_scale("step")
            file["named/x"] = x
            file["named/x"].dims[0].attach_scale(file["step"])
            file["beside/x"], file["beside/step"] = x, [0, 10, 20]
            file["images"] = x  # their axis has a name, so that the steps beside it say nothing
            file["images"].dims[0].attach_scale(file.create_dataset("image", data=[0, 1, 2]))
            file["labels"] = [[0, 0, 1, 1], [0, 0, 0, 0]]

        def value(where, estimator="gaussian"):
            return self.estimate("entropy", "--estimator", estimator, "--x", where, *PLAIN)[0]["value"]

        records = [value(self.save("x.npy", record)) for record in x]
        for name in ("named", "beside"):
            self.assertEqual([value(f"run.h5:/{name}/x[{i}]") for i in (0, 1, 2, -1, -3)],
                             records + [records[2], records[0]])
            self.expect(self.saddle("estimate", "entropy", "--estimator", "gaussian", "--x", f"run.h5:/{name}/x"), 4,
                        f"run.h5:/{name}/x: expected rows of numbers [n, ...], found a table [3, 4, 2] of 3 steps. "
                        f"Choose one of them, [0] the first or [-1] the last: 'run.h5:/{name}/x[-1]'.")
        self.assertAlmostEqual(value("run.h5:/labels[0]", "plug-in"), math.log(2), places=14)
        self.assertAlmostEqual(value("run.h5:/images", "plug-in"), math.log(3), places=14)

    def test_several_estimators_are_a_table(self):
        labels = self.save("labels.npy", [0, 0, 1, 1])
        done = self.saddle("estimate", "entropy", "--estimator", "plug-in,miller-madow", "--x", labels, *PLAIN)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split(), ["estimator", "nats", "stderr", "baseline", "ceiling", "n",
                                            "seconds", "flags"])
        self.assertEqual(lines[1].split()[:6], ["plug-in", "0.69315", "-", "-", "-", "4"])
        self.assertEqual(lines[2].split()[:6], ["miller-madow", "0.81815", "-", "-", "-", "4"])

    def test_auto_says_what_it_chose(self):
        x = self.save("x.npy", numpy.arange(200.0) % 17)
        y = self.save("y.npy", (numpy.arange(200.0) % 17 - 8) ** 2)
        command = ("--estimator", "auto,ksg1", "--x", x, "--y", y, *PLAIN, "--set", "permutations=0", "--set",
                   "auto.steps=0")
        auto, ksg1 = self.estimate("mi", *command)
        self.assertEqual(list(auto)[-1], "chosen")
        self.assertEqual(auto["chosen"], ["neighbours"])
        self.assertNotIn("chosen", ksg1)
        lines = self.saddle("estimate", "mi", *command).stdout.splitlines()
        self.assertEqual([line[:18].strip() for line in lines], ["estimator", "auto: neighbours", "ksg1"])

    def test_auto_is_flagged_where_its_copula_does_not_fit(self):
        for name, flags in (("multinormal-sparse-5-5-2-2.0", []),
                            ("spiral-normal_cdf-multinormal-sparse-5-5-2-2.0", ["uncalibrated"])):
            (task,) = [task for task in TASKS if task.name == name]
            x, y = (self.save(f"{side}.npy", points) for side, points in
                    zip("xy", task.sample(2000, numpy.random.default_rng(0))))
            (found,) = self.estimate("mi", "--x", x, "--y", y, "--set", "steps=0", "--set", "permutations=0")
            self.assertEqual((found["chosen"], found["flags"]), (["gaussian-copula"], flags))

    def test_the_list_says_what_each_estimator_is_for(self):
        whole = self.saddle("estimate", "--list").stdout
        for line in ("entropy nsb: ", "kl wang-kulkarni-verdu: ", "mi ksg1: ", "mi gaussian-copula: "):
            self.assertIn("\n" + line, "\n" + whole)
        self.assertNotIn("entropy nsb", self.saddle("estimate", "mi", "--list").stdout)
        self.assertIn("  k=3  of the nearest neighbours", whole)

    def test_the_list_is_json_too(self):
        whole = json.loads(self.saddle("estimate", "--list", "--json").stdout)["estimators"]
        self.assertEqual({listed["quantity"] for listed in whole}, {"entropy", "kl", "mi"})
        found = json.loads(self.saddle("estimate", "mi", "--list", "--json").stdout)["estimators"]
        self.assertEqual(found, [listed for listed in whole if listed["quantity"] == "mi"])
        (ksg1,) = [listed for listed in found if listed["name"] == "ksg1"]
        self.assertEqual(list(ksg1), ["quantity", "name", "doc", "for", "cost", "limits", "options"])
        self.assertEqual({option["name"]: option["default"] for option in ksg1["options"]},
                         {"k": 3, "standardise": True, "error": "subsampling", "groups": 20, "seed": 1,
                          "permutations": 5})
        self.assertEqual(ksg1["options"][3]["doc"], "of rows, for the standard error")

    def test_ties_are_said_and_flagged(self):
        x = self.save("x.npy", [1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
        done = self.saddle("estimate", "entropy", "--estimator", "kozachenko-leonenko", "--x", x, "--json")
        self.assertEqual(json.loads(done.stdout)["estimates"][0]["flags"][0], "ties")
        self.expect(done, 0, "warning: kozachenko-leonenko: 25 % of the rows equal another one; an estimator "
                             "of densities is not made for them.")

    def test_a_pair_that_is_one_variable_is_infinite_and_flagged(self):
        x, _ = self.pairs()
        (found,) = self.estimate("mi", "--estimator", "gaussian", "--x", x, "--y", x)
        self.assertEqual((found["value"], found["flags"]), ("inf", ["uncalibrated"]))
        table = self.saddle("estimate", "mi", "--estimator", "gaussian", "--x", x, "--y", x).stdout
        self.assertEqual(table.splitlines()[1].split()[:2], ["gaussian", "inf"])


class Mistakes(CommandTest):
    def refuse(self, code, text, *arguments):
        self.expect(self.saddle("estimate", *arguments), code, text)

    def setUp(self):
        super().setUp()
        for name, rows in {"x": [1.0, 3, 2, 5], "short": [1.0, 2], "flat": [7.0] * 4, "wide": [[1.0, 2, 3]] * 2,
                           "empty": [], "nan": [1.0, math.nan, 2, 3], "plane": [[1.0, 5], [2, 3], [4, 9]],
                           "number": 3.0}.items():
            numpy.save(self.folder / f"{name}.npy", numpy.array(rows))

    def test_of_usage(self):
        self.refuse(2, "estimate: expected what to estimate: entropy, kl or mi. See: saddle estimate --list")
        self.refuse(2, "estimate kl: expected --estimator NAME[,NAME...]. See: saddle estimate kl --list", "kl",
                    "--x", "x.npy")
        ksg1 = ("mi", "--estimator", "ksg1")
        self.refuse(2, "estimate mi: expected --x FILE and --y FILE.", *ksg1, "--x", "x.npy")
        self.refuse(2, "estimate entropy: it is of one sample. Leave out --y.", "entropy", "--estimator",
                    "gaussian", "--x", "x.npy", "--y", "x.npy")
        self.refuse(2, "there is no estimator 'gausian' of kl. Did you mean 'gaussian'? There are: gaussian, "
                       "plug-in, wang-kulkarni-verdu.", "kl", "--estimator", "gausian", "--x", "x.npy", "--y",
                    "x.npy")
        files = ("--x", "x.npy", "--y", "x.npy")
        self.refuse(2, "--set neighbours=5: estimator 'ksg1' has no option 'neighbours'. It takes: error, "
                       "groups, k, permutations, seed, standardise.", *ksg1, *files, "--set", "neighbours=5")
        self.refuse(2, "--set ksg1.k=no: k: expected an integer from 1 to 1000, found 'no'.", *ksg1, *files, "--set",
                    "ksg1.k=no")
        self.refuse(2, "--set ksg.k=3: 'ksg' is none of the estimators: ksg1. Did you mean 'ksg1'?", *ksg1,
                    *files, "--set", "ksg.k=3")
        self.refuse(2, "--set k: expected OPTION=VALUE or ESTIMATOR.OPTION=VALUE, as in k=5.", *ksg1, *files,
                    "--set", "k")

    def of_x(self, code, text, name, estimator="gaussian"):
        self.refuse(code, text, "entropy", "--estimator", estimator, "--x", name)

    def test_of_data(self):
        self.of_x(4, "gaussian: x holds .nan in row 1, column 0. Mend it, or leave its row out.", "nan.npy")
        self.of_x(4, "gaussian: column 0 of x is 7 in every row, where no density exists. Leave it out.",
                  "flat.npy")
        self.of_x(4, "gaussian: needs at least 4 rows, and x is [2, 3].", "wide.npy")
        self.of_x(4, "kozachenko-leonenko: needs at least 4 rows, and x is [2, 1].", "short.npy",
                  "kozachenko-leonenko")
        for name, shape in (("empty", "[0]"), ("number", "[]")):
            self.of_x(4, f"{name}.npy: expected rows of numbers [n, ...], found an array of shape {shape}.",
                      f"{name}.npy")
        pair = ("--estimator", "gaussian", "--x", "x.npy", "--y")
        self.refuse(4, "gaussian: x [4, 1] and y [2, 1] have different numbers of rows, and information is "
                       "between pairs.", "mi", *pair, "short.npy")
        self.refuse(4, "gaussian: x [4, 1] and y [3, 2] have different numbers of columns, and KL is between "
                       "laws of one space.", "kl", *pair, "plane.npy")

    def test_of_files(self):
        self.write("a,b\n1,2\n", "t.csv")
        self.write("no HDF5\n", "t.h5")
        self.of_x(4, "x.txt: expected FILE.npy, FILE.csv, FILE.csv:COLUMN,... or FILE.h5:/DATASET, npy and csv "
                     "also with .gz behind.", "x.txt")
        self.of_x(4, "t.csv: has no column 'total'. It has: a, b.", "t.csv:total")
        self.of_x(4, "t.h5: expected a dataset of it, as in t.h5:/samples/real.", "t.h5")
        self.of_x(4, "x.npy:a: an npy file holds one array. Name it without 'a'.", "x.npy:a")
        with h5py.File(self.folder / "steps.h5", "w") as file:
            file["x"], file["one"] = numpy.zeros((3, 4, 2)), 1.0
        self.of_x(4, "steps.h5:/x: expected a record from -3 to 2, found [3] of an array of shape [3, 4, 2].",
                  "steps.h5:/x[3]")
        self.of_x(4, "steps.h5:/one: expected records, found [-1] of an array of shape [].", "steps.h5:one[-1]")
        self.of_x(4, "steps.h5:/x[0:2]: expected one record in the brackets, as [0], the first, or [-1], the last, "
                     "found '[0:2]'.", "steps.h5:/x[0:2]")
        self.of_x(4, "steps.h5: there is no dataset 'y' in it.", "steps.h5:/y[0]")
        for name in ("none.npy", "none.csv", "none.h5:/x", "t.h5:/x"):
            done = self.saddle("estimate", "entropy", "--estimator", "gaussian", "--x", name)
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertTrue(done.stderr.startswith(name.split(":")[0] + ":"), done.stderr)


if __name__ == "__main__":
    unittest.main()
