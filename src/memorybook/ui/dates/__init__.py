"""The days the family keeps."""
