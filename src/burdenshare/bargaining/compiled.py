"""Numba's compiler with types that a checker can follow, and its cache on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(*, inline: bool = False) -> Callable[[Function], Function]:
    """Compile a function once for each machine; it runs without Python's lock, so that threads share the work."""
    decorate = numba.njit(cache=True, nogil=True, inline="always" if inline else "never")
    return cast("Callable[[Function], Function]", decorate)
