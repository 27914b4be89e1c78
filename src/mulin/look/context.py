"""What every page knows about its own look."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from mulin.kernel import clock
from mulin.look.cookies import TEXT_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES, chosen

# Names in their own language, as a reader looks for them.
LANGUAGE_NAMES = {"en": "English", "zh-hans": "简体中文"}
HTML_LANG = {"en": "en", "zh-hans": "zh-Hans"}


@dataclass(frozen=True)
class Language:
    """One language of the switch."""

    code: str
    name: str
    active: bool


@dataclass(frozen=True)
class Look:
    """Theme, text size and language of this page."""

    theme: str
    text_size: str
    lang: str
    languages: tuple[Language, ...]
    path: str
    now: datetime

    @property
    def other_languages(self) -> tuple[Language, ...]:
        """The languages that this page is not in."""
        return tuple(language for language in self.languages if not language.active)

    @property
    def large(self) -> bool:
        """Whether the large text (长辈版) is on."""
        return self.text_size == "large"


def present() -> datetime:
    """What time it is, for a template that was rendered without saying so."""
    return clock.now()


def _languages(current: str) -> tuple[Language, ...]:
    return tuple(
        Language(code, LANGUAGE_NAMES.get(code, str(name)), code == current)
        for code, name in settings.LANGUAGES
    )


def look(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `look` (see `Look`) and `demo`."""
    current = get_language() or settings.LANGUAGE_CODE
    return {
        "look": Look(
            theme=chosen(request.COOKIES.get(THEME_COOKIE), THEMES),
            text_size=chosen(request.COOKIES.get(TEXT_COOKIE), TEXT_SIZES),
            lang=HTML_LANG.get(current, current),
            languages=_languages(current),
            path=request.get_full_path(),
            now=present(),
        ),
        "demo": bool(getattr(settings, "MULIN_DEMO", False)),
    }
