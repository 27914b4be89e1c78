"""What a resident does at the portal, step by step, with a browser that runs no script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from mulin.matters.face import Matter, MatterType
from tests.matters.world import a_kind, the_building

LAMP = "楼下的路灯不亮，已经三天了。"


@dataclass
class Resident:
    """One browser. Each act returns the page at which it ends, after redirects."""

    client: Client
    last: Any = None

    def opens(self, path: str, **more: Any) -> str:
        self.last = self.client.get(path, follow=True, **more)
        return self.page

    def sends(self, path: str, **values: Any) -> str:
        self.last = self.client.post(path, values, follow=True)
        return self.page

    @property
    def page(self) -> str:
        return unescape(self.last.content.decode())

    @property
    def at(self) -> str:
        """The path of the page in front of them."""
        return str(self.last.request["PATH_INFO"])

    @property
    def status(self) -> int:
        return int(self.last.status_code)

    @property
    def response(self) -> HttpResponse:
        return self.last  # type: ignore[no-any-return]  # the client's answer has no type of its own

    # -- the steps of a report

    def tells(self, text: str = LAMP) -> str:
        return self.sends("/report/", text=text)

    def chooses(self, kind: MatterType | None = None, **files: Any) -> str:
        return self.sends("/report/kind/", kind=(kind or a_kind()).code, **files)

    def places(self, **where: Any) -> str:
        """None of what is known near by, if anything is, is theirs."""
        self.says_where(**where)
        return self.sends("/report/known/", other="1") if self.at == "/report/known/" else self.page

    def says_where(self, **where: Any) -> str:
        return self.sends("/report/where/", **(where or {**chosen(the_building().path), "address": "三楼"}))

    def ready(self, kind: MatterType | None = None, text: str = LAMP, **files: Any) -> str:
        """Up to the last page, where only sending is left; the pages between are not looked at."""
        self._passes("/report/", text=text)
        self._passes("/report/kind/", kind=(kind or a_kind()).code, **files)
        return self.places()

    def _passes(self, path: str, **values: Any) -> None:
        """One step, after which another page would come."""
        self.last = self.client.post(path, values)
        assert self.status == 303, self.page

    def send(self, **contact: Any) -> str:
        return self.sends("/report/send/", draft=self.draft, **({"how": "anonymous"} | contact))

    @property
    def draft(self) -> str:
        """The mark on the page that lets it be sent once."""
        found = re.search(r'name="draft" value="([0-9a-f-]+)"', self.page)
        assert found, f"no draft on {self.at}"
        return found[1]

    def reports(self, kind: MatterType | None = None, **contact: Any) -> Matter:
        """The whole way; the matter that came of it. The receipt is in front of them."""
        self.ready(kind)
        self.send(**contact)
        return Matter.objects.get(number=self.number)

    def does(self, code: str, number: str, **answers: Any) -> str:
        """Rate, reopen or withdraw, from the page as it stands."""
        version = Matter.objects.values_list("version", flat=True).get(number=number)
        return self.sends(f"/follow/{number}/{code}/", **({"version": version} | answers))

    @property
    def number(self) -> str:
        return self._told("number")

    @property
    def code(self) -> str:
        return self._told("code")

    def _told(self, what: str) -> str:
        found = re.search(rf'id="{what}">([^<]+)<', self.page)
        assert found, f"no {what} on {self.at}: {self.status}"
        return found[1]


def chosen(path: str) -> dict[str, str]:
    """What the lists send when this building was chosen in them."""
    return {f"area_{level}": path[:level] for level in (12, 15, 22)}
