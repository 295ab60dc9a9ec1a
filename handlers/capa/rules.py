"""The terms of CAPAs: severities and the days each gives."""

from handlers.programme.settings import ProgrammeSettings
from locales.text import Phrase, p_

SEVERITIES: dict[str, Phrase] = {
    "critical": p_("severity", "Critical"),
    "major": p_("severity", "Major"),
    "minor": p_("severity", "Minor"),
}
USUAL = "major"


def close_days(settings: ProgrammeSettings, severity: str = USUAL) -> int:
    """Calendar days from opening to the due date that the programme gives a severity."""
    return settings.close_days(severity)
