// Small helpers that the scripts of all interactive parts share; put before each.

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// JupyterLab takes arrow keys for itself unless the focused element says otherwise.
const own = { "data-lm-suppress-shortcuts": "true" };

function button(label, onclick, attributes = {}) {
  return element("button", { type: "button", ...own, onclick, ...attributes }, label);
}

function tableOf([header, ...rows]) {
  const head = element("tr", {}, ...header.map((cell) => element("th", { scope: "col" }, cell)));
  const body = rows.map(([first, ...rest]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, first),
      ...rest.map((cell) => element("td", {}, cell)),
    ),
  );
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
}

function folded(summary, ...children) {
  return element("details", {}, element("summary", { ...own }, summary), ...children);
}

function listOf(sentences) {
  return element("ul", {}, ...sentences.map((sentence) => element("li", {}, sentence)));
}

// What a browser remembers of this page; a browser may refuse to.
function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

// Puts text on the clipboard; where the browser refuses, it is selected in `shown`.
async function copied(text, shown) {
  shown.textContent = text;
  shown.hidden = false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(shown);
    return false;
  }
}
