"""Tests of the process that spells."""
