"""Models: a frozen dataclass of parameters goes in, a result comes out; numpy and pandas only."""
