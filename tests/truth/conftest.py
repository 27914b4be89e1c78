"""Who is answered what is asked hundreds of times: no sheet of paper is set for it."""

from __future__ import annotations

import pytest

from mulin.kernel import paper


@pytest.fixture(autouse=True)
def _unset_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_child", lambda _asked: b"%PDF-1.7")
