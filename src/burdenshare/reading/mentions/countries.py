"""Countries of the world by name, from the CLDR that Babel carries: for telling a case's own from any other."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale


@lru_cache
def countries(lang: str) -> frozenset[str]:
    """Names of the world's countries in a language, in lower case, those of one word."""
    territories = Locale.parse(lang).territories
    return frozenset(name.lower() for code, name in territories.items() if len(code) == 2 and " " not in name)
