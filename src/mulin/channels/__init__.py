"""How word gets out: messages about matters, their texts, and the inbox."""
