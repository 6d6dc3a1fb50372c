"""The coordinates of a report's bars and lines, for inline SVG. The table below each chart has
the same numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 480, 180  # of the chart, in units of its own
LEFT, RIGHT, TOP, BOTTOM = 40, 470, 24, 150
BAR = 0.58  # of the room for each
ROW = 26
LABEL = 15  # the height of a label


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    tone: int = 0  # which of the three colours


@dataclass(frozen=True)
class Mark:
    """A word or number in a chart, and its position."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """A line through points, the words at its end, and those points that get a dot."""

    points: str
    dots: list[Mark]
    label: Mark


@dataclass(frozen=True)
class Chart:
    """A chart: its parts, from back to front."""

    height: float
    rects: list[Rect]
    numbers: list[Mark]
    names: list[Mark]
    grid: list[Mark]  # a line across at each, with its number
    lines: Sequence[Line] = ()
    promise: Mark | None = None


def stacked_bars(names: list[str], stacks: list[list[int]]) -> Chart:
    """Return vertical bars, one for each name, each made of the numbers of its stack from the
    bottom up.
    """
    step = round_step(max([sum(stack) for stack in stacks], default=0))
    top, room = 3 * step, (RIGHT - LEFT) / max(1, len(names))
    rects, numbers, labels = [], [], []
    for place, (name, stack) in enumerate(zip(names, stacks, strict=True)):
        left, middle = LEFT + place * room + room * (1 - BAR) / 2, LEFT + (place + 0.5) * room
        y = float(BOTTOM)
        for tone, number in enumerate(stack):
            height = number / top * (BOTTOM - TOP)
            y -= height
            if number:
                rects.append(
                    Rect(round(left, 1), round(y, 1), round(room * BAR, 1), round(height, 1), min(tone, 2))
                )
        numbers.append(Mark(round(middle, 1), round(y - 5, 1), f"{sum(stack):,}"))
        labels.append(Mark(round(middle, 1), BOTTOM + 18, name))
    return Chart(HEIGHT, rects, numbers, labels, list(_grid(step)))


def level_bars(names: list[str], counts: list[int]) -> Chart:
    """Return horizontal bars, one below the other."""
    most = max([*counts, 1])
    rects, numbers, labels = [], [], []
    for place, (name, count) in enumerate(zip(names, counts, strict=True)):
        y, width = 8 + place * ROW, count / most * (RIGHT - LEFT - 50)
        rects.append(Rect(LEFT, y, round(width, 1), ROW * 0.65))
        numbers.append(Mark(round(LEFT + width + 6, 1), y + 13, f"{count:,}"))
        labels.append(Mark(LEFT - 8, y + 13, name))
    return Chart(16 + len(names) * ROW, rects, numbers, labels, [])


def lines_over(names: list[str], series: dict[str, list[int | None]], promised: int) -> Chart:
    """Return a line for each series, and a dotted line at the value `promised`. Where a number is
    missing the line has a gap.
    """
    known = [value for values in series.values() for value in values if value is not None]
    step = round_step(max([*known, promised]))
    room = (RIGHT - LEFT - 40) / max(1, len(names))

    def place(number: int, value: int) -> tuple[float, float]:
        return round(LEFT + (number + 0.5) * room, 1), _height_of(value, step)

    taken: list[float] = []

    def line_of(label: str, values: list[int | None]) -> Line:
        points = [(*place(number, value), value) for number, value in enumerate(values) if value is not None]
        x, y, last = points[-1] if points else (0, 0, "")
        dots = [Mark(left, top, str(value)) for left, top, value in points]
        y = next(
            (one + LABEL for one in taken if abs(one - y) < LABEL), y
        )  # or two labels would stand on each other
        taken.append(y)
        return Line(
            " ".join(f"{left},{top}" for left, top, _ in points), dots, Mark(x + 8, y + 4, f"{label}: {last}")
        )

    found = [line_of(label, values) for label, values in series.items() if any(v is not None for v in values)]
    labels = [Mark(place(number, 0)[0], BOTTOM + 18, name) for number, name in enumerate(names)]
    promise = Mark(RIGHT, _height_of(promised, step), f"promised: {promised}")
    return Chart(HEIGHT, [], [], labels, list(_grid(step)), found, promise)


def round_step(most: int) -> int:
    """Return the step of a scale whose three steps reach `most`: 1, 2 or 5 times a power of ten."""
    needed = max(1, ceil(most / 3))
    power: int = 10 ** int(log10(needed))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= needed)


def _grid(step: int) -> Iterator[Mark]:
    for number in range(4):
        yield Mark(LEFT - 8, _height_of(number * step, step), f"{number * step:,}")


def _height_of(value: int, step: int) -> float:
    return round(BOTTOM - value / (3 * step) * (BOTTOM - TOP), 1)
