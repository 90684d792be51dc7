"""What explorers and predictions share: one look, and the small helpers of their scripts."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent

LOOK = (_HERE / "look.css").read_text(encoding="utf-8")
DOM = (_HERE / "dom.js").read_text(encoding="utf-8")


def script_and_style(folder: Path, name: str) -> tuple[str, str]:
    """Return the whole script and style of one part: what is shared, then its own files."""
    script = (folder / f"{name}.js").read_text(encoding="utf-8")
    style = (folder / f"{name}.css").read_text(encoding="utf-8")
    return f"{DOM}\n{script}", f"{LOOK}\n{style}"
