"""Whose payment a Korean figure is: another country's, or one of a list of years under a sentence on payments."""

from __future__ import annotations

import re
from functools import lru_cache

from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.mentions.countries import countries
from burdenshare.reading.rules.ko.figures import Figure
from burdenshare.reading.rules.ko.setting import Setting


@lru_cache(maxsize=16)
def _foreigners(own: frozenset[str]) -> re.Pattern[str]:
    """The countries that are no party of the case, with the particle of a subject behind them."""
    names = sorted((re.escape(c) for c in countries("ko") if len(c) > 1 and c not in own), key=len, reverse=True)
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(names)})(?:\s?정부|\s?측)?(?:은|는|이|가|도)(?=[\s,])")


def of_another_payer(setting: Setting, parse: Parse, f: Figure) -> bool:
    """Whether what is paid is another country's: 독일은 주둔 비용의 18%를 부담한다."""
    own = frozenset(n for p in setting.scene.case.parties.values() for n in p.names.get("ko", ()))
    found = list(_foreigners(own).finditer(parse.text, parse.start, f.start))
    if not found or not parse.has("pay", "cost-noun", "share-noun"):
        return False
    last = found[-1]
    if any(p.acts and p.side and p.start > last.end() and p.stop <= f.start for p in parse.phrases):
        return False
    topical = parse.text[last.end() - 1] in "은는"
    if not topical and f.start - last.end() > 40:
        return False
    return bool(parse.within(f.end, parse.end, "pay") or parse.within(last.end(), f.start, "pay"))


_LIST_GAP = re.compile(r"\s?(?:년도?(?:에는?|엔)?|연도)?\s?(?:총\s?|약\s?)?$")


def listed(setting: Setting | None, parse: Parse, f: Figure) -> bool:
    """Whether a sum is of a list of years below a sentence on payments: 2014년 3천억원, 2015년 2천억원 등이었다."""
    above = setting.before(parse) if setting is not None else None
    if f.role != "sum" or above is None or not above.has("money-noun", "unspent"):
        return False
    dates = [d for d in parse.mentions("date") if d.value.shape == "year" and d.end <= f.start]
    money = parse.mentions("money")
    return (
        len(money) > 1
        and bool(dates)
        and _LIST_GAP.match(parse.text, dates[-1].end, f.start) is not None
        and not any(p.acts for p in parse.phrases)
    )
