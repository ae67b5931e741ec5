"""Every figure in the coverage held against the case's history, the other reports and the words' own arithmetic."""

from burdenshare.dossier.checks.export import to_json
from burdenshare.dossier.checks.model import VERDICTS, WRONG, Check, Family, Finding, Held, Verdict
from burdenshare.dossier.checks.run import checks

__all__ = ["VERDICTS", "WRONG", "Check", "Family", "Finding", "Held", "Verdict", "checks", "to_json"]
