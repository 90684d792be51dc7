"""NATO's role in Indo-Pacific security: data, models, figures and explorers of the course.

A lesson needs one line: ``from indopacific import claims, explore, load, show``.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "ask": "indopacific.predictions",
    "ask_map": "indopacific.mapping",
    "code_sentences": "indopacific.coding",
    "cite": "indopacific.datasets",
    "describe": "indopacific.datasets",
    "load": "indopacific.datasets",
    "sources": "indopacific.datasets",
    "tables": "indopacific.datasets",
    "evidence": "indopacific.explorers.evidence",
    "explore": "indopacific.explorers",
    "citations": "indopacific.lessons",
    "claims": "indopacific.lessons",
    "course_map": "indopacific.lessons",
    "exercise": "indopacific.lessons",
    "glossary": "indopacific.lessons",
    "show": "indopacific.lessons",
    "table": "indopacific.lessons",
    "holders": "indopacific.lessons",
    "ledger": "indopacific.claims_ledger",
    "selfcheck": "indopacific.own_check",
    "views": "indopacific.lessons",
    "play": "indopacific.playing",
    "answered": "indopacific.predictions",
    "predict": "indopacific.predictions",
    "predictions": "indopacific.predictions",
}

__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    # Loaded on first use: `import indopacific` costs a student nothing that a lesson does not use.
    if name not in _HOMES:
        raise AttributeError(f"module 'indopacific' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
