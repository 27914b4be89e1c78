"""What the journal writes about visits."""


def declare() -> None:
    """Register the codes; called when the application starts."""
