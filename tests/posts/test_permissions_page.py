"""docs/permissions.md says what the table of roles says. `python -m tests.posts.test_permissions_page` writes it."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
BEGIN, END = "<!-- the table of roles, made from it: begin -->\n", "<!-- end -->\n"


def table() -> str:
    """Roles and permissions as Markdown, from the code."""
    from django.utils.translation import override

    from mulin.places.face import Level
    from mulin.posts.face import ROLES, Permission

    lines = [
        "| role | 中文 | sits at | reach | stands in when vacant | appointed by who has |",
        "|---|---|---|---|---|---|",
    ]
    for line in ROLES.values():
        with override("zh-hans"):
            chinese = str(line.label)
        with override("en"):
            sits = (
                ", ".join(Level(level).name.lower().replace("_", "-") for level in sorted(line.levels))
                or line.anchor
            )
            label = str(line.label)
        above = line.superior or "–"
        lines.append(
            f"| `{line.code}` {label} | {chinese} | {sits} | {line.reach} | {above} | `{line.appointed_by}` |"
        )
    lines += ["", "| permission | what it allows | roles |", "|---|---|---|"]
    for permission in Permission:
        having = (
            ", ".join(line.code for line in ROLES.values() if permission in line.permissions) or "everybody"
        )
        with override("en"):
            lines.append(f"| `{permission}` | {permission.label} | {having} |")
    return "\n".join(lines) + "\n"


def rewritten(page: str) -> str:
    """The page with the table as it is in the code."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


def test_the_page_says_what_the_table_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == rewritten(page), "run: python -m tests.posts.test_permissions_page"


if __name__ == "__main__":
    import django

    django.setup()
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
