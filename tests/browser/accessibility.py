"""axe-core on what the course renders."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A data frame shown by pandas itself has an empty corner cell, which is not the course's to fix.
_NOT_OURS = [["table.dataframe"]]
_RUN = """async ([parts, exclude, tags]) => {
  const include = parts.map((part) => [part]);
  const found = await axe.run({ include, exclude }, { runOnly: tags });
  return found.violations.map(({ id, help, nodes }) =>
    `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}"""


def violations(page: Page, *parts: str) -> list[str]:
    """Return what axe-core finds wrong inside the elements that the CSS selectors name."""
    page.evaluate(AXE)
    return page.evaluate(_RUN, [list(parts), _NOT_OURS, _TAGS])
