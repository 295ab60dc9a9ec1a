"""Where the browser is."""

import shutil
from importlib.util import find_spec

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CURE = "apt-get install chromium fonts-noto-core"
# Containers give a root user no sandbox; the page comes from this machine alone. The rest keeps it from calling home.
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def chromium() -> str | None:
    """The path of a Chromium that Playwright can drive; None if there is none."""
    if find_spec("playwright") is None:
        return None
    return next((path for name in NAMES if (path := shutil.which(name))), None)
