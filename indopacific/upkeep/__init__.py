"""Upkeep: what maintainers run after they have changed a table or a dependency."""
