"""The record, the check, the cost and the outlook of talks on who pays for troops stationed abroad.

`open` gives a record to read reports into and to ask; the commands do the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from burdenshare.api import OpenRecord

__version__ = "0.2.0"
__all__ = ["__version__", "open"]


def open(db: str | os.PathLike[str] = "burdenshare.db") -> OpenRecord:
    """Opens the record at a path or a `postgresql://` address; a new file where there is none.

    Raises RecordError where it cannot be opened, or belongs to another program or a newer version.
    """
    from burdenshare.api import OpenRecord

    return OpenRecord(db)
