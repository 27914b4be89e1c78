"""The pages of the portal, each file one noun."""
