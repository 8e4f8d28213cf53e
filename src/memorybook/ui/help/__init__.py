"""What is protected and what is not, in words a tired person can read."""
