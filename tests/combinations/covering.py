"""A pairwise covering set: cases in which each pair of values of any two factors stands together."""
import collections
import itertools

# Open pairs that are looked at for one case, and how far ahead they are looked for.
CANDIDATES = 150
AHEAD = 10000


class Covering:
    """Cases are dicts from factor to the index of its value, for the factors that are there."""

    def __init__(self, factors, excluded, choice, ends_in_case, wanted=lambda f, g: True):
        self.factors = {factor.name: factor for factor in factors}
        self.excluded = collections.defaultdict(set)  # value: those that it does not stand with
        for one, other in map(self.indexed, excluded):
            if one and other:
                self.excluded[one].add(other)
                self.excluded[other].add(one)
        self.contested = {name for name, _ in self.excluded if not self.factors[name].needs}
        self.choice, self.ends_in_case = choice, ends_in_case
        self.open = {pair for f, g in itertools.combinations(factors, 2) if wanted(f, g)
                     for pair in self.pairs_of(f, g)}
        self.count = len(self.open)

    def indexed(self, pair):
        """(factor, index) for each (factor, value); None for one that is not there."""
        values = lambda name: self.factors[name].values if name in self.factors else []
        return [(name, values(name).index(value)) if value in values(name) else None
                for name, value in pair]

    def demands(self, name, index):
        """{factor: indices} that a value of a factor asks for, itself included."""
        found = {name: {index}}
        for parent in self.factors[name].needs:
            found[parent] = self.allowed(self.factors[name], parent)
        return found

    def joint(self, *chosen):
        """The demands of several values together; None where they exclude each other."""
        found = {}
        for name, index in chosen:
            for parent, indices in self.demands(name, index).items():
                found[parent] = found.get(parent, indices) & indices
                if not found[parent]:
                    return None
        single = self.single(found)
        if not all(self.fits(name, index, single) for name, index in single.items()):
            return None
        # Each factor that is always there is left a value.
        for name in self.contested - found.keys():
            if not any(self.fits(name, index, single)
                       for index in range(len(self.factors[name].values))):
                return None
        return found

    def single(self, demands):
        return {name: min(indices) for name, indices in demands.items() if len(indices) == 1}

    def pairs_of(self, f, g):
        for i, j in itertools.product(range(len(f.values)), range(len(g.values))):
            if self.joint((f.name, i), (g.name, j)) is not None:
                yield ((f.name, i), (g.name, j))

    def is_end(self, name, index):
        factor = self.factors[name]
        return index >= len(factor.values) - factor.ends

    def ends_in(self, case):
        return sum(self.is_end(*value) for value in case.items())

    def cases(self, pairs, alone=False):
        """(pair, case, the pairs that it closes) for each pair that is open in its turn. The case holds as
        many other open pairs as can be; or, alone, has all else at its default. None if there is none."""
        pairs = sorted(pairs)
        self.choice.shuffle(pairs)
        waiting = collections.deque(pairs)
        while waiting:
            pair = waiting.popleft()
            if pair in self.open:
                case = self.filled(self.joint(*pair), alone) if alone else \
                    self.case_for(pair, itertools.islice(waiting, AHEAD))
                yield pair, case, self.close(case or {})

    def case_for(self, pair, others=()):
        """A case of the pair, of others as far as they are open and go with it, and of what gains most."""
        values = dict(pair)
        others = (other for other in others if other in self.open)
        for other in itertools.islice(others, CANDIDATES):
            more = {**dict(other), **values}
            if set(other) <= more.items() and self.ends_in(more) <= self.ends_in_case \
                    and self.joint(*more.items()):
                values = more
        return self.filled(self.joint(*values.items())) or self.filled(self.joint(*pair))

    def filled(self, fixed, alone=False):
        """A case of these demands; None where a factor is left without a value."""
        single = self.single(fixed)
        ends = self.ends_in(single)
        case = {}
        # Factors come in one order, so that pairs do too.
        for name, factor in self.factors.items():
            if any(case.get(parent) not in self.allowed(factor, parent) for parent in factor.needs):
                continue
            indices = [index for index in sorted(fixed.get(name, range(len(factor.values))))
                       if self.fits(name, index, {**single, **case})]
            if not indices:
                return None
            if name not in fixed and (alone or ends >= self.ends_in_case):
                indices = [index for index in indices if not self.is_end(name, index)] or indices
            case[name] = indices[0] if alone else self.best(name, indices, case)
            ends += name not in fixed and self.is_end(name, case[name])
        return case

    def fits(self, name, index, case):
        return not any(case.get(other) == at for other, at in self.excluded.get((name, index), ()))

    def allowed(self, factor, parent):
        return {self.factors[parent].values.index(value) for value in factor.needs[parent]}

    def best(self, name, indices, case):
        gains = [sum((other, (name, index)) in self.open for other in case.items()) for index in indices]
        return self.choice.choice([index for index, gain in zip(indices, gains) if gain == max(gains)])

    def close(self, case):
        """The pairs that were open until now."""
        closed = self.open.intersection(itertools.combinations(case.items(), 2))
        self.open -= closed
        return closed
