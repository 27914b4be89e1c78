"""`python -m mulin` is `mulin`."""

from mulin.cli import main

raise SystemExit(main())
