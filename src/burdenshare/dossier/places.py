"""Places as the case names them, so that Hawaii and Honolulu, Washington and the United States can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.case import Case
from burdenshare.case.model import Names


def preferred(names: Names) -> str:
    """The preferred English name, else the first in any language."""
    for lang in ("en", *sorted(names)):
        if names.get(lang):
            return names[lang][0]
    return ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of places and parties to their ids, and what lies within what."""

    refs: dict[str, str]
    within: dict[str, str]
    shown: dict[str, str]
    country_of: dict[str, str]  # party id to the id of its country

    @classmethod
    def of(cls, case: Case) -> Gazetteer:
        """The places of a case. A party's name stands for its country."""
        refs: dict[str, str] = {}
        within: dict[str, str] = {}
        shown: dict[str, str] = {}
        countries: dict[str, str] = {}
        for place in case.places.values():
            shown[place.id] = preferred(place.names)
            if place.within:
                within[place.id] = place.within
            if place.kind == "country" and place.party:
                countries[place.party] = place.id
            for texts in place.names.values():
                for text in texts:
                    refs.setdefault(text.casefold(), place.id)
        for party in case.parties.values():
            country = countries.get(party.id, f"party:{party.id}")
            shown.setdefault(country, preferred(party.names))
            for texts in party.names.values():
                for text in texts:
                    refs.setdefault(text.casefold(), country)
        for place in case.places.values():
            if place.id not in within and place.party and place.kind != "country":
                within[place.id] = countries.get(place.party, f"party:{place.party}")
        return cls(refs, within, shown, countries)

    def ref(self, text: str | None) -> str | None:
        """The place's id, or the words themselves where the case does not know them."""
        if not text or not text.strip():
            return None
        folded = text.strip().casefold().removeprefix("the ")
        return self.refs.get(text.strip().casefold()) or self.refs.get(folded) or folded

    def around(self, ref: str) -> tuple[str, ...]:
        """The place and everything it lies in."""
        chain = [ref]
        while chain[-1] in self.within and self.within[chain[-1]] not in chain:
            chain.append(self.within[chain[-1]])
        return tuple(chain)

    def may_be_same(self, a: str, b: str) -> bool:
        """True where one is the other or lies in it."""
        return a in self.around(b) or b in self.around(a)

    def name(self, text: str | None) -> str | None:
        """The preferred name of a place, or the words themselves."""
        ref = self.ref(text)
        return (self.shown.get(ref) or text) if ref else None

    def depth(self, text: str) -> int:
        """How fine the place is: a city within a country says more than the country."""
        ref = self.ref(text)
        return len(self.around(ref)) if ref else 0
