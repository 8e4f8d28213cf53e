"""What is kept stays kept, whatever happens to the program."""
