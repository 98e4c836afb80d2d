"""Numbers as a picture: how many fall where, drawn with characters, or written as a PNG file."""

from __future__ import annotations

import math
from collections.abc import Sequence

_ROWS = 12
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bins(values: Sequence[float], most: int = _ROWS) -> tuple[list[float], list[int]]:
    """Lower edges on round numbers, equally far apart, and how many finite values each bin holds."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return [], []
    low, high = min(finite), max(finite)
    step = _round_step((high - low) / most, max(abs(low), abs(high)))
    first = math.floor(low / step)
    counts = [0] * (math.floor(high / step) - first + 1)
    for value in finite:
        counts[math.floor(value / step) - first] += 1
    return [(first + index) * step for index in range(len(counts))], counts


def drawn(values: Sequence[float], width: int) -> str:
    """One line a bin: its lower edge, a bar, and the count."""
    edges, counts = bins(values)
    labels = [f"{edge:.4g}" for edge in edges]
    margin = max(map(len, labels), default=0)
    room = max(8, width - margin - len(str(max(counts, default=0))) - 6)
    return "\n".join(
        f"  {label:>{margin}} │{_bar(count / max(counts), room)} {count}"
        for label, count in zip(labels, counts, strict=True)
    )


def save(
    values: Sequence[float], path: str, title: str, median: float, above: float | None
) -> None:
    """The same as a PNG, with the median of all and, if there is one, the bound. Needs matplotlib."""
    from matplotlib.figure import Figure

    edges, counts = bins(values, 30)
    figure = Figure(figsize=(7, 4), dpi=150, layout="constrained")
    axes = figure.subplots()
    wide = edges[1] - edges[0] if len(edges) > 1 else 1.0
    axes.bar(edges, counts, width=wide, align="edge", color="#4878a8", edgecolor="white")
    axes.axvline(median, color="#b03030", label=f"median of all {median:.3g}")
    if above is not None:
        axes.axvline(above, color="black", linestyle="--", label=f"bound {above:.3g}")
    axes.set(
        xlabel=f"measurement, one for each of {len(values)} seeds", ylabel="seeds", title=title
    )
    axes.legend(frameon=False)
    figure.savefig(path, format="png")


def _bar(share: float, room: int) -> str:
    """Whole and eighth blocks; the smallest count above 0 is still seen."""
    eighths = max(round(share * room * 8), share > 0)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + _EIGHTHS[rest].strip()


def _round_step(width: float, size: float) -> float:
    """The next of 1, 2, 5, 10 ... not below `width`; where all values are alike, a part of their size."""
    width = max(width, size * 1e-9) or 1.0
    power = 10.0 ** math.floor(math.log10(width))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= width * (1 - 1e-9))
