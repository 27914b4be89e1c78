"""Words that everybody here would guess first are no passwords."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The product, the trade, its offices; and what people in such offices choose (ASVS 5.0, 6.1.2).
WORDS = frozenset(
    {
        "mulin",
        "睦邻",
        "wangge",
        "网格",
        "网格员",
        "wanggeyuan",
        "shequ",
        "社区",
        "jiedao",
        "街道",
        "zongzhi",
        "综治",
        "zhongxin",
        "中心",
        "zhili",
        "治理",
        "longshanlu",
        "龙山路",
        "admin",
        "administrator",
        "guanliyuan",
        "管理员",
        "mima",
        "密码",
        "password",
        "12345",
        "110",
        "119",
        "120",
    }
)
MOST_BESIDE = 6  # characters that may be added to them and still be guessed
_ALIKE = str.maketrans("0134578@$!", "oieasbtasi")


class PlaceWords:
    """A validator for `AUTH_PASSWORD_VALIDATORS`."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Refuse what is made of such words, some digits and signs."""
        plain = unicodedata.normalize("NFKC", password).lower()
        if any(_left(form) <= MOST_BESIDE for form in (plain, plain.translate(_ALIKE))):
            raise ValidationError(self.get_help_text(), code="place_word")

    def get_help_text(self) -> str:
        return _("A password of words that everybody here would guess is refused.")


def _left(text: str) -> int:
    """How many characters remain without the words, the longest taken first."""
    for word in sorted(WORDS, key=len, reverse=True):
        text = text.replace(word, "")
    return len(re.sub(r"\s", "", text))
