"""What a kernel is told before it runs a lesson for a page: ask objects for their page form.

An object with a method ``_repr_page_() -> str`` gives HTML that works without Python. The builder
takes it before any other form. JupyterLab never asks for it.
"""

from __future__ import annotations

from typing import Any

from IPython.core.formatters import BaseFormatter
from traitlets import ObjectName, Unicode

PAGE = "application/vnd.indopacific.page"


class PageFormatter(BaseFormatter):
    """Asks an object for its page form."""

    format_type = Unicode(PAGE)
    print_method = ObjectName("_repr_page_")


def load_ipython_extension(shell: Any) -> None:
    """Let the shell's outputs hold the page form too."""
    shell.display_formatter.formatters[PAGE] = PageFormatter(parent=shell.display_formatter)
