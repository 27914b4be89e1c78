"""The desk pages about matters."""
