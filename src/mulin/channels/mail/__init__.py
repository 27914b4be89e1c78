"""Mail: from a message to the server's answer."""
