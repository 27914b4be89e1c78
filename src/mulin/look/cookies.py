"""The two choices of look that a browser remembers, and how they are read safely."""

from typing import Final

THEME_COOKIE: Final = "mulin_theme"
TEXT_COOKIE: Final = "mulin_text"
THEMES: Final = ("auto", "light", "dark")
TEXT_SIZES: Final = ("normal", "large")
ONE_YEAR: Final = 365 * 24 * 3600


def chosen(value: str | None, allowed: tuple[str, ...]) -> str:
    """The value if it is one of the allowed, else the first: cookies are the visitor's to forge."""
    return value if value in allowed else allowed[0]
