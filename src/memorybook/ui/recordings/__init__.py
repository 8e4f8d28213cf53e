"""The place of the recordings: heartbeats, voices, videos, and what is written down of them."""
