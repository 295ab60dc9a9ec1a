"""What a person typed, as it can be read anywhere: Slack's escapes undone, links and mentions in plain words."""

import re

_MARK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_UNNAMED = "…"


def words(text: str) -> str:
    """The text as it was typed. Ids of people and channels are left out, their names stay where Slack gives them."""
    told = _MARK.sub(_told, text)
    return told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _told(mark: re.Match[str]) -> str:
    target, label = mark[1], mark[2] or ""
    if target[0] in "@#":
        return target[0] + (label.lstrip("@#") or _UNNAMED)
    if target[0] == "!":
        return label or "@" + target[1:].partition("^")[0]
    return _link(target.removeprefix("mailto:").removeprefix("tel:"), label)


def _link(target: str, label: str) -> str:
    # Slack makes links of what looks like one; its label is then a part of the address and says it all.
    if not label or label in target:
        return label or target
    return f"{label} ({target})"
