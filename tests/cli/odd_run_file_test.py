"""Run files that HDF5 allows and no run writes are refused in words, whatever they hold."""
import os
import unittest

import h5py
import numpy as np
from command import CommandTest, spec_text


class OddRunFiles(CommandTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_spec(spec_text()).returncode, 0)
        self.path = self.folder / "run/run.h5"

    def refused(self, text, *arguments, code=4):
        done = self.saddle(*(arguments or ("show", self.path)))
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(text, done.stderr)

    def change(self, change):
        with h5py.File(self.path, "r+") as run:
            change(run)

    def test_groups_that_hold_one_another(self):
        self.change(lambda run: run["provenance"].update({"again": run["/"]}))
        self.refused("this group stands in two places")

    def test_tables_that_hold_one_another_are_not_copied(self):
        self.change(lambda run: run["losses"].update({"again": run["losses"]}))
        for command in (("repair", self.path), ("diff", self.path, self.path)):
            self.refused("/losses/again: this group stands in two places", *command)

    def test_a_group_in_a_group_without_end(self):
        self.change(lambda run: run.create_group("losses/" + "/".join("x" * 40)))
        self.refused("expected at most 32 groups within one another, found more")

    def test_links_and_values_in_other_files_are_not_read(self):
        # Who opens a pipe without a writer waits for ever.
        pipe = str(self.folder / "pipe")
        os.mkfifo(pipe)

        def link(run):
            del run["spec/source"]
            run["spec/source"] = h5py.ExternalLink(pipe, "/x")

        self.change(link)
        self.refused("/spec/source: cannot be opened as a dataset: it is a link to another file")

        def store(run):
            del run["spec/source"]
            run.create_dataset("spec/source", (1,), "f8", external=[(pipe, 0, 8)])

        self.change(store)
        self.refused("/spec/source: its values lie in another file, which is not read")

    def test_numbers_that_were_never_written_cost_no_memory(self):
        def announce(run):
            del run["losses/step"]
            run.create_dataset("losses/step", (1 << 28,), "i8", chunks=(1024,))

        self.change(announce)
        self.refused("announces 268435456 numbers, most of which were never written")

    def test_rows_that_were_never_written_cost_no_memory(self):
        def announce(run):
            table = run["samples"]
            rows = len(table["step"])
            scalar = table["generated"].dtype
            table.create_dataset("w", (rows, 1 << 40), scalar, chunks=(1, 1024),
                                 maxshape=(None, 1 << 40))
            scale = table.create_dataset("huge_%d" % (1 << 40), (1 << 40,), "f4", chunks=(1024,))
            scale.make_scale("huge")
            table["w"].dims[1].attach_scale(scale)

        self.change(announce)
        self.refused("/samples/w: announces 1099511627776 numbers", "diff", self.path, self.path)

    def test_events_without_rows_and_events_in_disorder(self):
        def single(run):
            del run["events/kind"]
            run["events/kind"] = 1

        self.change(single)
        self.refused("/events/kind: expected one value for each row, found a single one",
                     "repair", self.path)

        def disorder(run):
            del run["events/kind"], run["events/step"]
            for name, values in (("kind", [0, 1]), ("step", [2, 1])):
                run["events"].create_dataset(name, data=np.int64(values), maxshape=(None,))
            run["progress/step"][()] -= 1  # something to drop

        self.change(disorder)
        self.refused("/events/step: expected steps that never decrease, found 1 after 2",
                     "repair", self.path)

    def test_a_series_shorter_than_its_steps_is_not_compared(self):
        self.change(lambda run: run["losses/generator"].resize((1,)))
        self.refused("/losses/generator: expected at least 2 rows, found 1", "diff", self.path,
                     self.path)

    def test_a_dataset_without_a_space(self):
        def empty(run):
            del run["losses/step"]
            run.create_dataset("losses/step", data=h5py.Empty("i8"))

        self.change(empty)
        self.refused("expected values, found a dataset that can hold none")

    def test_a_name_that_is_no_text(self):
        self.change(lambda run: run.attrs.create("name", np.int64(3)))
        self.refused("name is of another type than saddle writes")

    def test_weights_of_one_value_are_no_initial_weights(self):
        def single(run):
            del run["weights/generator/body.0.weight"]
            run["weights/generator/body.0.weight"] = 1.0

        self.change(single)
        self.refused("'generator/body.0.weight' holds no rows", "run", "spec.yaml", "--out", "second",
                     "--set", "train.init_from=run/run.h5", code=2)


if __name__ == "__main__":
    unittest.main()
