"""Tests of memorybook.domain."""
