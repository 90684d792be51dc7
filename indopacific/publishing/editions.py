"""The site together with its in-browser edition."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from indopacific.publishing import lite, runtime, site
from indopacific.publishing.lite_start import Offer
from indopacific.publishing.runtime import Runtime, Say
from indopacific.publishing.site import Built, Progress

WORK = Path("_build") / "lite"


@dataclass(frozen=True)
class Source:
    """Where the browser's Python comes from: the package registry, if nothing is said.

    Attributes
    ----------
    pyodide : str or None
        The official distribution: a folder, an archive or an address.
    cdn : bool
        Whether readers' browsers get it from its public host.
    """

    pyodide: str | None = None
    cdn: bool = False

    def get(self, say: Say) -> Runtime:
        """Return it; called with a function that is told what is fetched."""
        cache = runtime.cache_folder()
        if self.pyodide:
            return runtime.from_distribution(self.pyodide, cache, say)
        if self.cdn:
            return runtime.from_host(cache, public_address(), say)
        return runtime.from_registry(cache, say)


def public_address() -> str:
    """Return the folder of the table's Pyodide on the host that JupyterLite takes it from."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_VERSION

    return str(PYODIDE_CDN_URL).replace(PYODIDE_VERSION, runtime.table()["pyodide"])


def with_lite(
    course: Path,
    output: Path,
    source: Source,
    *,
    only: Iterable[str] = (),
    work: Path | None = None,
    lite_work: Path | None = None,
    progress: Progress = lambda done, total, item: None,
) -> Built:
    """Build the site with the in-browser edition in it.

    Parameters
    ----------
    course, output, only, work, progress
        As for `site.build`.
    source : Source
    lite_work : Path, optional
        Where earlier builds of the edition are kept; `_build/lite` in the course if not given.

    Raises
    ------
    NoRuntime, NoLite
        As `lite.make` does. The site is then as it was before.
    NotBuilt, NotRun
        As `site.build` does.
    """
    made = lite.make(
        course,
        lite_work or course / WORK,
        source.get,
        say=lambda words: progress(0, 1, words),
    )
    address = made.address or f"{lite.FOLDER}/static/pyodide"
    offer = Offer(
        python=f"{address}/pyodide.mjs",
        host=urlsplit(made.address).hostname or "",
    )
    built = site.build(course, output, work=work, only=only, offer=offer, progress=progress)
    shutil.copytree(
        made.folder, built.folder / lite.FOLDER, ignore=shutil.ignore_patterns(lite.RECORD)
    )
    return built
