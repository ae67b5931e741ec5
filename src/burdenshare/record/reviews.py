"""What a person decided about claims, laid over them in the order in which it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from burdenshare.errors import ClaimError, ReviewError
from burdenshare.reading.claim import Claim, field_names, from_json
from burdenshare.record.model import Decision, Review

CORRECTABLE = ("start", "end", "said_by", "modality", "agreement", "inferred")  # of the fields every claim has


@dataclass(frozen=True, slots=True)
class Overlay:
    """The sum of a claim's reviews: the last decision, and every correction with the later ones on top."""

    decision: Decision
    who: str
    why: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def counting(reviews: Iterable[Review]) -> list[Review]:
    """One claim's reviews, oldest first, without those that were undone and the undoing itself."""
    found: list[Review] = []
    for review in reviews:
        if review.decision != "undo":
            found.append(review)
        elif found:
            found.pop()
    return found


def overlay(reviews: Iterable[Review]) -> Overlay | None:
    """The sum of one claim's reviews, oldest first; accepting a corrected claim keeps the corrections.

    A claim that a person added counts as accepted, and as rejected once the adding was undone.
    """
    all_ = list(reviews)
    result: Overlay | None = None
    for review in counting(all_):
        former = result.fields if result else {}
        decision = "accept" if review.decision == "add" else review.decision
        result = Overlay(decision, review.who, review.why, {**former, **review.fields})
    if result is None and any(r.decision == "add" for r in all_):
        return Overlay("reject", all_[-1].who, all_[-1].why)
    return result


def laid_over(data: Mapping[str, Any], fields: Mapping[str, Any]) -> Claim:
    """The claim with the corrected fields; what a person set counts as read, not as inferred.

    Raises ClaimError where the vocabulary does not allow the result.
    """
    if not fields:
        return from_json(data)
    inferred = fields.get("inferred", [name for name in data.get("inferred") or [] if name not in fields])
    return from_json({**data, **fields, "inferred": inferred})


def corrected(data: Mapping[str, Any], fields: Mapping[str, Any], *, text: str) -> dict[str, Any]:
    """The fields of a correction, checked and completed: new `start` or `end` bring their quote from the text.

    Raises ReviewError naming the field that may not be set or does not fit the vocabulary.
    """
    allowed = (*CORRECTABLE, *field_names(str(data["kind"])))
    for name in fields:
        if name not in allowed:
            raise ReviewError(f"{name!r} of a {data['kind']} cannot be corrected; its fields are {', '.join(allowed)}.")
    done = dict(fields)
    try:
        claim = laid_over(data, done)
        if {"start", "end"} & set(done):
            if not 0 <= claim.start < claim.end <= len(text):
                raise ReviewError(f"The words must lie within the {len(text)} characters of the report.")
            done["quote"] = text[claim.start : claim.end]
    except ClaimError as error:
        raise ReviewError(f"The correction does not fit the vocabulary: {error}.") from error
    return done
