"""The covering set holds every pair that is possible, and no case that is not."""
import itertools
import random
import unittest

from choices import Factor
from covering import Covering

FACTORS = [Factor("kind", ["a", "b"]), Factor("size", [None, 0, 9], ends=2),
           Factor("kind.a.slope", [None, 1, 2], ends=2, needs={"kind": ["a"]}),
           Factor("kind.b.form", [None, "x"], needs={"kind": ["b"]}), Factor("plain", [1, 2])]
EXCLUDED = [(("kind", "b"), ("plain", 2))]


class CoveringSet(unittest.TestCase):
    def setUp(self):
        self.covering = Covering(FACTORS, EXCLUDED, random.Random(1), ends_in_case=1)

    def expected_pairs(self):
        """By hand: all pairs of values but those of two kinds, and of what is excluded."""
        for f, g in itertools.combinations(FACTORS, 2):
            for v, w in itertools.product(f.values, g.values):
                kinds = {kind for factor in (f, g) for kind in factor.needs.get("kind", [])}
                kinds |= {value for factor, value in ((f, v), (g, w)) if factor.name == "kind"}
                if len(kinds) > 1 or kinds == {"b"} and (g.name, w) == ("plain", 2):
                    continue
                yield (f.name, f.values.index(v)), (g.name, g.values.index(w))

    def test_the_pairs_are_those_that_are_possible(self):
        self.assertEqual(self.covering.open, set(self.expected_pairs()))

    def test_cases_close_every_pair(self):
        cases = 0
        for pair, case, closed in self.covering.cases(self.covering.open):
            self.assertLessEqual(set(pair), set(case.items()))
            self.assertIn(pair, closed)
            cases += 1
        self.assertEqual(self.covering.open, set())
        self.assertLess(cases, self.covering.count / 2)

    def test_what_is_excluded_may_name_what_is_not_there(self):
        fewer = [factor for factor in FACTORS if factor.name != "plain"]
        found = Covering(fewer, EXCLUDED, random.Random(1), ends_in_case=1)
        self.assertEqual(found.open, {pair for pair in self.covering.open
                                      if "plain" not in dict(pair)})

    def test_the_same_seed_gives_the_same_cases(self):
        other = Covering(FACTORS, EXCLUDED, random.Random(1), ends_in_case=1)
        self.assertEqual(list(self.covering.cases(self.covering.open)), list(other.cases(other.open)))

    def test_a_case_takes_up_other_open_pairs(self):
        pair, other = (("kind", 0), ("size", 0)), (("kind.a.slope", 1), ("plain", 1))
        self.covering.open = {other}
        self.assertLessEqual(set(other), self.covering.case_for(pair, [other]).items())

    def test_pairs_of_a_case_that_failed_are_open_again(self):
        before = set(self.covering.open)
        case = self.covering.case_for(min(before))
        self.covering.open |= self.covering.close(case)
        self.assertEqual(self.covering.open, before)

    def test_a_case_has_the_factors_of_its_kind_and_no_excluded_pair(self):
        for pair in sorted(self.covering.open):
            case = self.covering.case_for(pair)
            self.assertEqual("kind.a.slope" in case, case["kind"] == 0)
            self.assertEqual("kind.b.form" in case, case["kind"] == 1)
            self.assertFalse(case["kind"] == 1 and case["plain"] == 1)

    def test_a_pair_by_itself_has_all_else_at_its_default(self):
        (_, case, _), = self.covering.cases([(("kind.a.slope", 2), ("plain", 1))], alone=True)
        self.assertEqual(case, {"kind": 0, "size": 0, "kind.a.slope": 2, "plain": 1})

    def test_ends_of_ranges_are_few(self):
        for pair in sorted(self.covering.open):
            case = self.covering.case_for(pair)
            ends = sum(self.covering.is_end(*value) for value in case.items())
            self.assertLessEqual(ends, max(1, sum(self.covering.is_end(*value) for value in pair)))


if __name__ == "__main__":
    unittest.main()
