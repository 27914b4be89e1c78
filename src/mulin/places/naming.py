"""Names in two languages."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record

NAME_LIMIT = 100


def in_language(chinese: str, english: str) -> str:
    """Return the English text to a reader of English, where there is one; otherwise the Chinese."""
    return english if english and not (get_language() or "").startswith("zh") else chinese


class Named(Record):
    """Something with a Chinese name and, where there is one, an English name."""

    name = ShortText(_("name"), limit=NAME_LIMIT)
    name_en = ShortText(_("English name"), limit=NAME_LIMIT, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The name in the language of the screen; the Chinese one where there is no other."""
        return in_language(self.name, self.name_en)

    def __str__(self) -> str:
        return self.label
