"""The child process that joins parts to one PDF: the names of the result and of its parts are its arguments.

A process of its own: what a thousand pages take in memory is given back when it ends.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(target: Path, parts: list[Path]) -> int:
    """Write all pages of the parts, in order; the result is there whole or not at all."""
    import pypdf

    joined = pypdf.PdfWriter()
    for part in parts:
        joined.append(str(part), import_outline=False)
    half = target.with_suffix(".half")
    joined.write(str(half))
    half.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
