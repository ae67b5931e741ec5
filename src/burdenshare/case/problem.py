"""What is wrong in a case file, and where: one value a mistake, collected rather than raised."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from burdenshare.errors import CaseError

_SHOWN = 5  # problems an error message lists before it says how many more there are


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: the file, its line (1 is the first), the key or column, and what was expected."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.key}: {self.message}"


@dataclass(frozen=True, slots=True)
class At:
    """A place in a file being read; `say` notes a problem there. `line_of` is asked only when there is one."""

    file: str
    line_of: Callable[[tuple[str, ...]], int]
    problems: list[Problem]
    path: tuple[str, ...] = ()

    def __truediv__(self, key: str) -> At:
        return At(self.file, self.line_of, self.problems, (*self.path, key))

    def say(self, message: str) -> None:
        """Notes a problem at this place."""
        self.problems.append(Problem(self.file, self.line_of(self.path), ".".join(self.path) or "file", message))


def one_of(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: what it may have been meant to be, or what there is."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    listed = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"expected one of {listed}" if names else "none is allowed here"


def refuse(problems: list[Problem]) -> None:
    """Raises CaseError with the first problems where there are any."""
    if not problems:
        return
    ordered = sorted(problems)
    more = f"; and {len(ordered) - _SHOWN} more, which `burdenshare case check` lists" if len(ordered) > _SHOWN else ""
    raise CaseError("; ".join(map(str, ordered[:_SHOWN])) + more)
