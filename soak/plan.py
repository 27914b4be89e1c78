"""Makes what is sent: `python -m soak.plan FILE COUNT`, on a town. Each report carries a mark of its own.

Half go through the portal, whose pages before the last one are filled in as a browser would have left them; half are a
program's. Both can be sent again after a lost answer: by the draft, by the key.
"""

from __future__ import annotations

import json
import random
import secrets
import sys
from typing import Any

from bench.plans import API, Plans, _cookie, _get, _post

Ask = dict[str, Any]


def main() -> None:
    from mulin.commands import start

    start.django()
    file, count = sys.argv[1], int(sys.argv[2])
    made = Reports(start.now())
    reports = [made.report(n) for n in range(count)]
    with open(file, "w", encoding="utf-8") as out:
        json.dump({"reports": reports, "desk": made.desk()}, out)


class Reports:
    """Requests that raise, and those of a desk that is busy meanwhile."""

    def __init__(self, now: Any) -> None:
        self.plans, self.dice, self.run = Plans(now), random.Random(now.timestamp()), secrets.token_hex(4)
        self.staff = self.plans._staff()

    def report(self, n: int) -> Ask:
        mark = f"soak-{self.run}-{n}"
        make = self._portal if n % 2 else self._program
        return {"mark": mark, **make(mark)}

    def _program(self, mark: str) -> Ask:
        lon, lat = self.dice.choice(self.plans._pins)
        body = {
            "type": self.dice.choice(self.plans._kinds),
            "lon": lon,
            "lat": lat,
            "text": f"路灯坏了 {mark}",
        }
        headers = self.plans._bearer(self.dice.choice(self.staff)) | {"Idempotency-Key": mark}
        return {"door": "api"} | _post(API, headers, body, expect=201)

    def _portal(self, mark: str) -> Ask:
        """A draft that lacks only the last page, in a session of its own."""
        from dataclasses import asdict

        import orjson
        from django.contrib.sessions.backends.db import SessionStore

        from mulin.doors.portal.draft import CONTEXT, SESSION, Draft
        from mulin.kernel import crypto

        lon, lat = self.dice.choice(self.plans._pins)
        draft = Draft(
            text=f"路灯坏了 {mark}", kind=self.dice.choice(self.plans._kinds), lon=lon, lat=lat, placed=True
        )
        draft.unlike = draft.spot
        session = SessionStore()
        session[SESSION] = crypto.encrypt(orjson.dumps(asdict(draft)).decode(), context=CONTEXT)
        session.create()
        token = secrets.token_hex(16)
        body = f"draft={draft.id}&how=anonymous&csrfmiddlewaretoken={token}"
        headers = {
            "Cookie": f"sessionid={session.session_key}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return {
            "door": "portal", "method": "POST", "path": "/report/send/",
            "headers": headers, "body": body, "expect": 303,
        }  # fmt: skip

    def desk(self) -> list[Ask]:
        """Pages that staff look at all the while."""
        asks = [_get("/desk/queue/", _cookie(person)) for person in self.plans._busiest()[:8]]
        return asks + [_get(f"{API}?show=mine", self.plans._bearer(person)) for person in self.staff[:8]]


if __name__ == "__main__":
    main()
