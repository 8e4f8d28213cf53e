"""Tests of memorybook.ui."""
