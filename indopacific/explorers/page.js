// A page without Python: every picture was painted beforehand, for each preset along the slider.

// A site with an in-browser edition names it: there every control moves, from the same setting.
function offer(place, studio) {
  const there = document.querySelector('link[rel="course-lite"]');
  if (!there) return;
  const link = element("a", { href: there.href }, "Open the full explorer in your browser, at this setting");
  const point = () => {
    link.href = `${there.href}?explore=${encodeURIComponent(call(studio.spec, studio.values))}`;
  };
  for (const moment of ["pointerenter", "focus", "click"]) link.addEventListener(moment, point);
  place.append(element("p", { class: "ipx-full" }, link));
}

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
  offer(place, studios.get(model));
}
