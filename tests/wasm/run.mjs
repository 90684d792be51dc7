// Runs a Python file in Pyodide, as a browser would have it: node run.mjs PYODIDE FILE FOLDERS
// FOLDERS is JSON: {place in Python's file system: folder of this machine}.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [home, file, folders] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${home}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: home, lockFileURL: `${home}/pyodide-lock.json` });
await python.loadPackage(["indopacific", "micropip"], { messageCallback: () => {} });
for (const [place, folder] of Object.entries(JSON.parse(folders))) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, place);
}
python.setStdout({ batched: (line) => console.log(line) });
python.setStderr({ batched: (line) => console.error(line) });
process.exitCode = Number(python.runPython(readFileSync(file, "utf-8")));
