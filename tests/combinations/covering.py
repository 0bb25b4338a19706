"""A pairwise covering set: cases in which each pair of values of any two factors stands together."""
import itertools


class Covering:
    """Cases are dicts from factor to the index of its value, for the factors that are there."""

    def __init__(self, factors, excluded, choice, ends_in_case):
        self.factors = {factor.name: factor for factor in factors}
        index = lambda name, value: (name, self.factors[name].values.index(value))
        self.excluded = {frozenset((index(*one), index(*other))) for one, other in excluded}
        self.contested = {name for pair in self.excluded for name, _ in pair}
        self.choice, self.ends_in_case = choice, ends_in_case
        self.open = {pair for f, g in itertools.combinations(factors, 2) for pair in self.pairs_of(f, g)}
        self.count = len(self.open)

    def demands(self, name, index):
        """{factor: indices} that a value of a factor asks for, itself included."""
        found = {name: {index}}
        for parent, values in self.factors[name].needs.items():
            found[parent] = {self.factors[parent].values.index(value) for value in values}
        return found

    def joint(self, *chosen):
        """The demands of several values together; None where they exclude each other."""
        found = {}
        for name, index in chosen:
            for parent, indices in self.demands(name, index).items():
                found[parent] = found.get(parent, indices) & indices
                if not found[parent]:
                    return None
        single = [(name, *indices) for name, indices in found.items() if len(indices) == 1]
        if any(frozenset(pair) in self.excluded for pair in itertools.combinations(single, 2)):
            return None
        # Each factor that is always there is left a value.
        for name in self.contested - found.keys():
            if self.factors[name].needs:
                continue
            if not any(self.fits(name, index, dict(single))
                       for index in range(len(self.factors[name].values))):
                return None
        return found

    def pairs_of(self, f, g):
        for i, j in itertools.product(range(len(f.values)), range(len(g.values))):
            if self.joint((f.name, i), (g.name, j)) is not None:
                yield ((f.name, i), (g.name, j))

    def is_end(self, name, index):
        factor = self.factors[name]
        return index >= len(factor.values) - factor.ends

    def pairs_in(self, case):
        return itertools.combinations(case.items(), 2)

    def case_for(self, pair, alone=False):
        """A case that holds the pair, and as many open pairs as can be; or with all else at its default."""
        fixed = self.joint(*pair)
        single = {name: min(indices) for name, indices in fixed.items() if len(indices) == 1}
        ends = sum(self.is_end(*value) for value in pair)
        case = {}
        # Factors come in one order, so that pairs do too.
        for name, factor in self.factors.items():
            if any(parent not in case or factor_value not in self.allowed(factor, parent)
                   for parent, factor_value in self.parents(factor, case)):
                continue
            indices = [index for index in sorted(fixed.get(name, range(len(factor.values))))
                       if name in fixed or self.fits(name, index, {**case, **single})]
            if name not in fixed and (alone or ends >= self.ends_in_case):
                indices = [index for index in indices if not self.is_end(name, index)] or indices
            if name not in fixed and alone:
                indices = indices[:1]
            case[name] = self.best(name, indices, case)
            ends += name not in fixed and self.is_end(name, case[name])
        return case

    def fits(self, name, index, case):
        return not any(frozenset((other, (name, index))) in self.excluded for other in case.items())

    def parents(self, factor, case):
        return [(parent, case.get(parent)) for parent in factor.needs]

    def allowed(self, factor, parent):
        return {self.factors[parent].values.index(value) for value in factor.needs[parent]}

    def best(self, name, indices, case):
        gains = [sum((other, (name, index)) in self.open for other in case.items()) for index in indices]
        return self.choice.choice([index for index, gain in zip(indices, gains) if gain == max(gains)])

    def close(self, case):
        self.open.difference_update(self.pairs_in(case))
