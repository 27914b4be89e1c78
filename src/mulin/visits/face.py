"""What other rooms may use of visits."""

__all__: list[str] = []
