"""Says at start when the front end was not built: pages work without it, but bare."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from mulin.look.assets import MANIFEST_PATH


@register()
def front_end_is_built(**_given: Any) -> list[CheckMessage]:
    """Warn, not fail: tests and commands need no style sheet."""
    if MANIFEST_PATH.exists():
        return []
    return [
        Warning(
            "The front end is not built: pages will have no style.",
            hint="Run `npm ci && npm run build` in frontend/ (or `make build`).",
            id="look.W001",
        )
    ]
