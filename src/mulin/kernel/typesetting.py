"""The child process that sets one sheet: JSON on standard input, PDF (or PNG) on standard output.

A process of its own: the fonts and what a broken sheet eats are given back when it ends.
"""

from __future__ import annotations

import json
import resource
import sys

CPU_SECONDS = 120


def main() -> int:
    """Set what standard input asks for; an error's words quote the sheet, so only its kind is told."""
    import typst

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    asked = json.load(sys.stdin.buffer)
    try:
        made = typst.compile(
            asked["template"],
            root=asked["root"],
            font_paths=asked["fonts"],
            ignore_system_fonts=True,
            format=asked["format"],
            sys_inputs={"data": json.dumps(asked["data"], ensure_ascii=False)},
        )
    except typst.TypstError as error:
        sys.stderr.write(error.message if asked["frank"] else "TypstError")
        return 1
    sys.stdout.buffer.write(made[0] if isinstance(made, list) else made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
