"""The pages of this room: the inbox, the texts, the dry run."""
