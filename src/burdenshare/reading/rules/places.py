"""Where a meeting is: the city, the state or country, and the venue that stand nearest to it."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.case.model import Place
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.grammar import name_of
from burdenshare.reading.scene import Scene, Sentence

# What may follow a country's name where it is the place itself and no adjective of something else.
_AFTER_PLACE = frozenset("next on in from this later and for last before after with".split())


@dataclass(frozen=True, slots=True)
class Where:
    """City, place (country or state where no city is named) and venue of a meeting, as the report writes them."""

    city: str | None = None
    place: str | None = None
    venue: str | None = None


def preferred(scene: Scene, place: Place) -> str:
    """The place's first name in the report's language."""
    return (place.names.get(scene.lang) or next(iter(place.names.values())))[0]


def _placed(sentence: Sentence, m: Mention) -> bool:
    """Whether a name stands where a place stands: "in Seoul", "planned for Seoul", "Honolulu, Hawaii"."""
    before = sentence.norms[max(0, m.first - 3) : m.first]
    return (
        any(n in ("in", "at", "to") for n in before[-2:])
        or (before[-1:] == ["for"] and sentence.has("schedule"))
        or (before[-1:] == [","] and m.first > 1)
    )


def _capital(scene: Scene, party_id: str) -> Place | None:
    return scene.case.places.get(scene.case.parties[party_id].capital)


def _is_city(scene: Scene, text: str) -> bool:
    """Whether a name that stands for a side is that of a city of the case, such as a former capital."""
    return any(_named(p, text) for p in scene.case.places.values() if p.kind == "city")


def _named(place: Place | None, text: str) -> bool:
    return place is not None and any(text == n for names in place.names.values() for n in names)


def _party_place(scene: Scene, sentence: Sentence, m: Mention) -> tuple[str, str] | None:
    """A party's name as a place: its capital ("in Seoul", "the South Korean capital") or the country itself."""
    party = scene.case.parties[name_of(m).ref]
    capital = _capital(scene, party.id)
    text = scene.document.text[m.start : m.end]
    following = sentence.norms[m.last] if m.last < len(sentence.norms) else "."
    before = sentence.norms[max(0, m.first - 3) : m.first]
    if following == "capital" and capital is not None:
        return "city", preferred(scene, capital)
    if _named(capital, text) or _is_city(scene, text):
        if following in ("'s", "’s"):
            return None  # "an increase in Tokyo's burden"
        if before[-1:] in (["in"], ["at"]) or (before[-1:] == ["for"] and sentence.has("schedule")):
            return "city", text
        if before[-1:] in ([","], ["to"]) and sentence.has("meet", "hold", "round-noun"):
            return "city", text
        return None
    if following in ("'s", "’s") or any(text in names for names in party.metonyms.values()):
        return None
    if (not following[:1].isalpha() or following in _AFTER_PLACE) and "in" in before[-2:]:
        return "place", text
    return None


def where(scene: Scene, sentence: Sentence, at: int) -> Where:
    """The place of a meeting named at token `at`: of several cities the nearest, those after it first."""
    best: dict[str, tuple[int, str]] = {}
    for m in sentence.of("name"):
        name = name_of(m)
        found: tuple[str, str] | None = None
        text = scene.document.text[m.start : m.end]
        if name.kind == "place":
            kind = scene.case.places[name.ref].kind
            if kind == "venue":
                found = "venue", text
            elif _placed(sentence, m):
                found = ("city" if kind == "city" else "place"), text
        elif name.kind == "party" and _placed(sentence, m):
            found = _party_place(scene, sentence, m)
        if found is None:
            continue
        distance = m.first - at if m.first >= at else (at - m.first) + 8
        if found[0] not in best or distance < best[found[0]][0]:
            best[found[0]] = distance, found[1]
    city = best["city"][1] if "city" in best else None
    place = best["place"][1] if "place" in best else None
    if city is None and place is None and "here" in sentence.norms:
        city = _dateline_city(scene)
    return Where(city, place, best["venue"][1] if "venue" in best else None)


def _dateline_city(scene: Scene) -> str | None:
    """The city of the dateline, for "talks here"."""
    for s in scene.sentences[:12]:
        if s.line.kind != "dateline" and not any(n in ("--", "—", "-", "–") for n in s.norms[:12]):
            continue
        for m in s.of("name"):
            words = scene.document.text[m.start : m.end].lower()
            for place in scene.case.places.values() if m.first <= 1 else ():
                if place.kind == "city" and any(words == n.lower() for ns in place.names.values() for n in ns):
                    return preferred(scene, place)
    return None


def city_of(scene: Scene, venue: str) -> str | None:
    """The city a venue of the case stands in."""
    for place in scene.case.places.values():
        if place.kind == "venue" and place.within and any(venue in ns for ns in place.names.values()):
            around = scene.case.places.get(place.within)
            if around is not None and around.kind == "city":
                return preferred(scene, around)
    return None
