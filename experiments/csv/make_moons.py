#!/usr/bin/env python3
"""Writes a small table of two interleaved half circles: moons.csv beside this file."""
import csv
import math
import pathlib
import random

numbers = random.Random(1)
rows = []
for i in range(2000):
    angle = math.pi * numbers.random()
    upper = i % 2 == 0
    x, y = (math.cos(angle), math.sin(angle)) if upper else (1 - math.cos(angle),
                                                             0.5 - math.sin(angle))
    rows.append((round(x + numbers.gauss(0, 0.05), 4), round(y + numbers.gauss(0, 0.05), 4),
                 "upper" if upper else "lower"))

with open(pathlib.Path(__file__).parent / "moons.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([("x", "y", "moon"), *rows])
