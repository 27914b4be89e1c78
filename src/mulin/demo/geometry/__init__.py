"""The ground of the demo town: from a plan drawn by hand to streets, borders and walls, in metres."""
