// Tells what is drawn in a page whether it is dark, in the words that JupyterLab uses.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => {
    const chosen = document.body.dataset.theme;
    const dark = chosen === "dark" || (chosen !== "light" && system.matches);
    document.documentElement.dataset.jpThemeLight = String(!dark);
  };
  document.addEventListener("DOMContentLoaded", () => {
    tell();
    new MutationObserver(tell).observe(document.body, { attributeFilter: ["data-theme"] });
    system.addEventListener("change", tell);
    // What moves scrolls on a phone as figures at rest do.
    for (const image of document.querySelectorAll(".ipx-pane img")) {
      const box = document.createElement("div");
      box.className = "course-wide course-figure";
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "Figure");
      image.replaceWith(box);
      box.append(image);
    }
    // Only what is too wide for its place needs a stop of the Tab key.
    const measured = new ResizeObserver((changes) => {
      for (const { target } of changes) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
    });
    const wide = ".course-wide, .table-wrapper, article pre";
    for (const each of document.querySelectorAll(wide)) measured.observe(each);
    // On paper everything is open.
    const folded = () => [...document.querySelectorAll("article details:not([open])")];
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = folded();
      for (const each of opened) each.open = true;
    });
    addEventListener("afterprint", () => {
      for (const each of opened) each.open = false;
    });
  });
})();
