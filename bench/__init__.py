"""`make bench`: what Mulin costs, measured. See docs/bench.md."""
