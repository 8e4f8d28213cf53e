"""How fast the program is with books of 1,000, 10,000 and 100,000 pages: ``python -m tests.benchmarks``."""
