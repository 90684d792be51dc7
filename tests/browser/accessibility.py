"""axe-core on what the course renders."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async ([parts, tags]) => {
  const found = await axe.run({ include: parts.map((part) => [part]) }, { runOnly: tags });
  return found.violations.map(({ id, help, nodes }) =>
    `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}"""


def violations(page: Page, *parts: str) -> list[str]:
    """Return what axe-core finds wrong inside the elements that the CSS selectors name."""
    page.evaluate(AXE)
    return page.evaluate(_RUN, [list(parts), _TAGS])
