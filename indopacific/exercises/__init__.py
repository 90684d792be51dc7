"""Exercises: how they are written, checked for faults, and released."""
