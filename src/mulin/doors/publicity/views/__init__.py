"""The pages of publicity: for residents, and at the desk."""
