// A page without Python: every picture was painted beforehand, for each preset along the slider.

for (const script of document.querySelectorAll('script[type="application/json"].ipx-data')) {
  const given = JSON.parse(script.textContent);
  for (const { words } of given.ahead.frames) words.table = words.table.map((row) => given.ahead.rows[row]);
  const model = {
    get: (name) => given[name],
    set: (name, value) => {
      given[name] = value;
    },
    save_changes() {},
    on() {},
    off() {},
    send() {},
  };
  const place = script.previousElementSibling;
  const made = document.createElement("div");
  render({ model, el: made });
  place.replaceChildren(...made.childNodes);
}
