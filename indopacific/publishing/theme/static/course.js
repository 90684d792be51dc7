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
