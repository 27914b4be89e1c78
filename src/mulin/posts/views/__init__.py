"""The desk pages about people, posts and organisations. Each fetches what it shows through `visible_to`."""
