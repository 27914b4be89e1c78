"""The first page of a PDF as a small picture, made by typst in a child process with little time and little memory.

Whatever a broken or malicious file does to the reader, it does to a process that holds nothing and ends at once.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SECONDS, MEMORY, WIDTH = 10, 1024**3, 400
MOST = 20 * 1024**2  # larger ones get an icon
_one = threading.BoundedSemaphore(1)


def picture(content: bytes) -> bytes | None:
    """PNG, or nothing where there is no page to be seen."""
    if len(content) > MOST:
        return None
    command = [sys.executable, "-m", "mulin.kernel.firstpage"]
    with _one:
        try:
            done = subprocess.run(  # noqa: S603 - our own module; the file goes by standard input
                command, input=content, capture_output=True, timeout=SECONDS, check=False
            )
        except (subprocess.TimeoutExpired, OSError):
            return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def main() -> int:
    """Read a PDF from standard input, write its first page to standard output."""
    import typst

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory(prefix="mulin-page-") as scratch:
        (Path(scratch) / "in.pdf").write_bytes(sys.stdin.buffer.read())
        sheet = Path(scratch) / "sheet.typ"
        sheet.write_text(
            f'#set page(width: {WIDTH}pt, height: auto, margin: 0pt)\n#image("in.pdf", page: 1, width: {WIDTH}pt)\n',
            encoding="utf-8",
        )
        made = typst.compile(str(sheet), format="png", ppi=72, root=scratch)
    sys.stdout.buffer.write(made if isinstance(made, bytes) else made[0])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
