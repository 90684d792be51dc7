"""An explorer at rest, in words: for paper, and for a page on which no script runs."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from indopacific.explorers.definition import Explorer
from indopacific.models.parameters import Declaration, Entry, Real, declared


def before(explorer: Explorer) -> str:
    """Return what stands above the picture: what is explored, and what to find out."""
    return (
        f'<p class="ipx-still"><strong>{_safe(explorer.title)}.</strong> '
        f"{_safe(explorer.question)}</p>\n"
    )


def after(explorer: Explorer, values: Mapping[str, Any]) -> str:
    """Return what stands below the picture: where it moves, its controls, its presets, its limits.

    Parameters
    ----------
    explorer : Explorer
    values : mapping
        The setting of the picture, complete.
    """
    controls = (
        (each.label, _said(each, values[each.name]), _range(each), each.meaning)
        for each in declared(explorer.parameters)
    )
    presets = ((each.label, each.meaning) for each in explorer.presets)
    lead = explorer.declaration(explorer.lead).label
    moving = f"<strong>{_safe(lead)}</strong>{' and the presets' if explorer.presets else ''}"
    limits = "".join(f"<li>{_safe(each)}</li>" for each in explorer.limits)
    return (
        '<div class="ipx-still">\n'
        f'<p class="ipx-moves">Where scripts run, {moving} move this figure on its page. '
        f"In JupyterLab every control does: <code>{_safe(explorer.call(values))}</code></p>\n"
        + _table(explorer, "Controls", ("Control", "Here", "Can be", "Meaning"), controls)
        + (_table(explorer, "Presets", ("Preset", "Meaning"), presets) if explorer.presets else "")
        + (f"<p><strong>What the model leaves out</strong></p><ul>{limits}</ul>" if limits else "")
        + "</div>\n"
    )


def _said(declaration: Declaration, value: Any) -> str:
    if isinstance(declaration, Real):
        return f"{value:g} {declaration.unit}".rstrip()
    return str(value) or "nothing"


def _range(declaration: Declaration) -> str:
    if isinstance(declaration, Real):
        ends = f"{declaration.low:g} to {declaration.high:g} {declaration.unit}".rstrip()
        return f"{ends}, in steps of {declaration.step:g}"
    if isinstance(declaration, Entry):
        return "any line of text"
    return ", ".join(declaration.options)


def _table(
    explorer: Explorer, name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> str:
    head = "".join(f'<th scope="col">{_safe(cell)}</th>' for cell in header)
    body = "".join(
        f'<tr><th scope="row">{_safe(first)}</th>'
        + "".join(f"<td>{_safe(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        '<div class="course-wide" tabindex="0" role="region" '
        f'aria-label="{name}: {html.escape(explorer.title)}">'
        f"<table><caption>{name}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>\n"
    )


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
