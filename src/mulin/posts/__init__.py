"""Who may: people, organisations, seats, posts and what they allow. Other rooms use `mulin.posts.face`."""
