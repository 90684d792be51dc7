"""Figures: a result goes in, a matplotlib figure and its words come out; no widgets here."""
