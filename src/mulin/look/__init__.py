"""The look: one design system for every page of Mulin."""
