"""Sums over parts: a sentence's parts and the total it gives, in money or in percent."""

from __future__ import annotations

from collections.abc import Iterator

from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.model import Finding, Held
from burdenshare.dossier.checks.view import View
from burdenshare.dossier.checks.wording import money
from burdenshare.money import Amount

# Fewer parts than these are as likely two figures side by side as the parts of a whole.
_LEAST_PARTS = 2
_NEAR = 4  # tokens between the word for a total and its sum


def sums(view: View) -> Iterator[Finding]:
    """The check of a total: the claim's sum where a word for a total stands beside it and the parts in its sentence."""
    amount = getattr(view.claim, "amount", None)
    if not isinstance(amount, Amount) or amount.value is None:
        return
    sentence = view.sentence
    if sentence is None:
        return
    totals = view.spots("total")
    monies = [m for m in sentence.of("money") if m.value.currency == amount.currency and m.value.value is not None]
    mine = next((m for m in monies if m.value.value == amount.value), None)
    if mine is None or not totals or len(monies) < _LEAST_PARTS + 1:
        return
    if not any(0 <= mine.first - t.last <= _NEAR or 0 <= t.first - mine.last <= _NEAR for t in totals):
        return
    parts = [m for m in monies if m is not mine]
    values = [m.value.value for m in parts]
    whole = sum(values)
    words = f"{' + '.join(money(v, amount.currency) for v in values)} = {money(whole, amount.currency)}"
    claims = {e.claim.start: e.id for e in view.neighbours}
    held = tuple(Held(money(v, amount.currency), claim=next(iter(claims.values()), "")) for v in values)
    slack = sum(tol.step(v) / 2 for v in values) / amount.value
    fit = tol.fit(amount.value, whole, amount.bound, slack=min(slack, 0.02))
    if fit is not None:
        yield Finding("amount", "sum", fit, words, held)
    elif max(values) < amount.value and all(m.value.bound == "exact" for m in (*parts, mine)) and len(parts) > 1:
        off = f"{words}, not {money(amount.value, amount.currency)}"
        yield Finding("amount", "sum", "off", off, held)
