"""The risk matrix in the order it is read: the likeliest row on top, impact growing to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from threat_modeling.phases.phase_5_threat_modeling.artifacts import Impact, Likelihood, RiskCell, RiskMatrix


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` are (likelihood, one cell for each of `impacts`)."""

    impacts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[RiskCell, ...]], ...]


def grid(matrix: RiskMatrix) -> Grid:
    """All rows for which the matrix has every cell."""
    cells = {(cell.likelihood, cell.impact): cell for cell in matrix.cells}
    impacts: tuple[Impact, ...] = get_args(Impact)
    likelihoods: tuple[Likelihood, ...] = get_args(Likelihood)
    rows = [
        (likelihood, tuple(cells[likelihood, impact] for impact in impacts))
        for likelihood in reversed(likelihoods)
        if all((likelihood, impact) in cells for impact in impacts)
    ]
    return Grid(impacts, tuple(rows))
