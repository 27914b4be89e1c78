"""A device in two words, as one recognises one's own: what a browser says of itself, no finer than that."""

from __future__ import annotations

import re

# The first that fits: most browsers say that they are several others too.
_BROWSERS = (
    ("WeChat", re.compile("MicroMessenger")),
    ("Edge", re.compile("Edg(?:e|A|iOS)?/")),
    ("QQ", re.compile("QQBrowser|QQ/")),
    ("UC", re.compile("UCBrowser")),
    ("Samsung Internet", re.compile("SamsungBrowser")),
    ("Opera", re.compile("OPR/|Opera")),
    ("Firefox", re.compile("Firefox/|FxiOS")),
    ("Chrome", re.compile("Chrome/|CriOS|Chromium")),
    ("Safari", re.compile("Safari/")),
)
_SYSTEMS = (
    ("HarmonyOS", re.compile("HarmonyOS|OpenHarmony")),
    ("Android", re.compile("Android")),
    ("iPhone", re.compile("iPhone")),
    ("iPad", re.compile("iPad")),
    ("Windows", re.compile("Windows")),
    ("macOS", re.compile("Mac OS X|Macintosh")),
    ("Linux", re.compile("Linux|X11")),
)


def device_of(user_agent: str) -> str:
    """Say "Firefox · Windows"; nothing where it does not say."""
    words = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return " · ".join(word for word in words if word)


def _first(names: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    return next((name for name, pattern in names if pattern.search(text)), "")
