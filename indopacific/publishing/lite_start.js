// Looks whether the in-browser edition can start here, before a reader waits for a cell in vain.

const told = JSON.parse(document.getElementById("course-lite-told").textContent);
const says = document.getElementById("course-lite-says");
const asked = new URLSearchParams(location.search);

// Only a notebook of the course, or the call of one explorer with plain values, is ever opened.
const NOTEBOOK = /^(lessons|exercises)\/([\w-]+)$/;
const VALUE = String.raw`(?:-?[\d.]+(?:e-?\d+)?|"[^"\\]*"|true|false)`;
const CALL = new RegExp(String.raw`^explore\("[\w-]+"(?:, [a-z]\w*=${VALUE})*\)$`);

function destination() {
  const call = asked.get("explore");
  if (call !== null && CALL.test(call)) {
    const code = `from indopacific import explore\n${call.replace(/=true\b/g, "=True").replace(/=false\b/g, "=False")}`;
    return { words: "Open the explorer", href: `lite/repl/index.html?kernel=python&toolbar=1&code=${encodeURIComponent(code)}` };
  }
  const [, folder, name] = NOTEBOOK.exec(asked.get("open") ?? "lessons/00-start-here") ?? [];
  if (!folder) return null;
  const path = folder === "lessons" ? `lessons/${name}.ipynb` : `exercises/${name}/${name}.ipynb`;
  const words = folder === "lessons" ? `Open lesson ${name}` : `Open exercise ${name}`;
  return { words, href: `lite/lab/index.html?path=${path}` };
}

async function hindrance() {
  if (location.protocol === "file:")
    return "This page was opened from a folder on a disk, where browsers let no Python run. In the folder of the site start python3 -m http.server, then open http://localhost:8000/lite-start.html.";
  if (typeof WebAssembly !== "object")
    return "This browser has no WebAssembly, or it is switched off: Python cannot run here. The lessons can be read all the same.";
  if (!("serviceWorker" in navigator))
    return "This browser gives the page no service worker, so notebooks could not reach their files. Open the site by https or as localhost, and not in a private window.";
  try {
    const answer = await fetch(told.python, { method: "HEAD" });
    if (answer.ok) return "";
    return `Python's files are missing on this site (${told.python} answers ${answer.status}). Tell whoever publishes it; the lessons can be read all the same.`;
  } catch {
    return "Python's files cannot be reached: the network, or the server, is away. Once they have come, this page opens the course. The lessons can be read all the same.";
  }
}

// Where JupyterLite keeps what was changed: one database for each address of a site.
async function kept() {
  const name = `JupyterLite Storage - ${new URL("lite/", location.href).pathname}`;
  const known = (await indexedDB.databases?.()) ?? [];
  if (!known.some((one) => one.name === name)) return [];
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    if (!database.objectStoreNames.contains("files")) return [];
    return await new Promise((resolve, reject) => {
      const request = database.transaction("files").objectStore("files").getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    database.close();
  }
}

function row({ path, content, last_modified: when }) {
  const link = document.createElement("a");
  link.download = path.split("/").at(-1);
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1) + "\n"], { type: "application/x-ipynb+json" }));
  link.textContent = `Download ${path}`;
  const item = document.createElement("li");
  item.append(link, `, saved ${new Date(when).toLocaleString()}`);
  return item;
}

async function list() {
  const notebooks = (await kept()).filter(({ type, content }) => type === "notebook" && content);
  if (!notebooks.length) return;
  const made = document.createElement("ul");
  made.append(...notebooks.sort((a, b) => a.path.localeCompare(b.path)).map(row));
  document.getElementById("course-lite-kept").replaceChildren(made);
}

async function start() {
  says.textContent = "Looking whether Python can run here …";
  const where = destination();
  const trouble = await hindrance();
  const open = document.getElementById("course-lite-open");
  if (trouble) {
    says.textContent = trouble;
    says.classList.add("course-lite-trouble");
  } else if (!where) {
    says.textContent = "This address names nothing of the course. Choose a lesson below.";
  } else {
    says.textContent = "Everything that it needs is here.";
    open.firstElementChild.textContent = where.words;
    open.firstElementChild.href = where.href;
    open.hidden = false;
  }
}

start();
list().catch(() => {});
