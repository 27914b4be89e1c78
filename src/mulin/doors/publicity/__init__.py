"""What is made public about each grid: its page, its signboard, the contact cards for its homes."""
