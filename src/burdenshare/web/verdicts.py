"""The check's verdict on each figure, worked out once for each state of the record, and not on the largest records."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from burdenshare.dossier.checks import Check, checks

if TYPE_CHECKING:
    from burdenshare.web.view import View

SHOWN = 3  # verdicts beside one figure
MOST = 20_000  # claims; past it the check would keep a page waiting for minutes
Checked = Mapping[str, tuple[Check, ...]]
_KEPT: OrderedDict[object, Future[Checked]] = OrderedDict()
_LOCK = threading.Lock()


def of(view: View) -> Checked | None:
    """The checked figures by claim; None on a record with more claims than the check gets through while one waits."""
    snapshot = view.snapshot
    if sum(sum(kinds.values()) for kinds in snapshot.claims.values()) > MOST:
        return None
    key = (view.desk.record.db, snapshot.case.id, snapshot.as_of, snapshot.state)
    with _LOCK:
        future, mine = _KEPT.get(key), False
        if future is None:
            future, mine = Future(), True
            _KEPT[key] = future
            while len(_KEPT) > 8:
                _KEPT.popitem(last=False)
    if mine:
        try:
            future.set_result(_checked(view))
        except BaseException as error:
            with _LOCK:
                _KEPT.pop(key, None)
            future.set_exception(error)
    return future.result()


def _checked(view: View) -> Checked:
    record = view.desk.record
    entries = record.entries(case=view.case.id, as_of=view.as_of)
    documents = {id_: record.document(id_) for id_ in {e.report.id for e in entries}}
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks(entries, view.case, as_of=view.as_of, documents=documents):
        found[check.claim].append(check)
    return {claim: tuple(made) for claim, made in found.items()}


def on(checked: Checked | None, claims: Iterable[str]) -> tuple[Check, ...]:
    """The verdicts on the figures of these claims, each arithmetic once, those that are wrong first."""
    if not checked:
        return ()
    found: dict[tuple[str, str], Check] = {}
    for claim in claims:
        for check in checked.get(claim, ()):
            found.setdefault((check.verdict, check.arithmetic), check)
    return tuple(sorted(found.values(), key=lambda c: not c.wrong))[:SHOWN]
