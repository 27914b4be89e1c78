"""The moment at which every test starts: a Wednesday morning in Longshan Road, no holiday near."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

NOW = datetime(2026, 3, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
IN_TWO_WEEKS = (NOW + timedelta(days=14)).date()
