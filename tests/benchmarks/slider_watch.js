// When a slider's new picture stands; put into a page before anything else runs there.
//
// A picture is new when what a reader would see differs from the one before: another image, after
// it has been decoded; other pixels of a canvas; other paths of an SVG. The clock starts with the
// key's own time stamp and stops with the first task after the animation frame in which the new
// picture is painted: the running one, if a script changed the picture within it, or else the next.

window.pictureBytes = new Map(); // address -> bytes of every blob that the page keeps
const [makeAddress, revokeAddress] = [URL.createObjectURL, URL.revokeObjectURL];
URL.createObjectURL = (blob) => {
  const address = makeAddress.call(URL, blob);
  if (blob.type.startsWith("image/")) pictureBytes.set(address, blob.size);
  return address;
};
URL.revokeObjectURL = (address) => {
  pictureBytes.delete(address);
  revokeAddress.call(URL, address);
};

// Watchers of changes run as microtasks, so the frame ends with the microtasks of its script.
let frame = false;
const nextFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (script) =>
  nextFrame((time) => {
    frame = true;
    try {
      script(time);
    } finally {
      queueMicrotask(() => {
        frame = false;
      });
    }
  });

// Scripts, layout and painting of a frame are one task; what is posted within it runs right after.
const painted = (done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.now());
  port2.postMessage(null);
};

let drawn = () => {};
for (const how of ["drawImage", "putImageData"]) {
  const draw = CanvasRenderingContext2D.prototype[how];
  CanvasRenderingContext2D.prototype[how] = function (...given) {
    draw.apply(this, given);
    drawn(this.canvas);
  };
}

let stop = () => {};

// Watches one part of the page, and keys of one slider in it, a native one or that of ipywidgets;
// or keys of everything in it.
window.watchPictures = (root, slider) => {
  stop();
  const log = { ready: [], asked: [], pictures: 0, places: 0 };
  window.pictureLog = log;
  let start = null;
  let sudden = false; // in the task of the key itself: what changes now was there already

  const stands = (times = sudden ? log.ready : log.asked) => {
    const began = start;
    start = null;
    const finish = (time) => {
      log.pictures += 1;
      if (began !== null) times.push(time - began);
    };
    if (frame) painted(finish);
    else nextFrame(() => painted(finish));
  };

  const images = new WeakMap();
  const image = async (node) => {
    if (node.closest("[hidden]") || images.get(node) === node.src) return;
    images.set(node, node.src);
    const times = sudden ? log.ready : log.asked;
    try {
      await node.decode();
    } catch {
      return; // another one took its place
    }
    stands(times);
  };

  const pathsOf = () => [...root.querySelectorAll("svg path")].map((path) => path.getAttribute("d")).join();
  let paths = pathsOf();
  const vector = () => {
    const now = pathsOf();
    if (now !== paths) stands();
    paths = now;
  };

  const pixels = new WeakMap();
  const pixelsOf = (canvas) =>
    new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  for (const canvas of root.querySelectorAll("canvas")) pixels.set(canvas, pixelsOf(canvas));
  drawn = (canvas) => {
    if (!root.contains(canvas)) return;
    const now = pixelsOf(canvas);
    const before = pixels.get(canvas);
    pixels.set(canvas, now);
    if (now.some((pixel, i) => pixel !== before[i])) stands();
  };

  for (const node of root.querySelectorAll("img")) images.set(node, node.src);
  const pictures = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
      for (const node of [target, ...addedNodes])
        if (node.tagName === "IMG") image(node);
        else node.querySelectorAll?.("img").forEach(image);
    vector();
  });
  pictures.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["src", "d"] });

  const key = ({ timeStamp }) => {
    start = timeStamp;
    sudden = true;
    setTimeout(() => {
      sudden = false;
    });
  };
  const places = new MutationObserver(() => {
    log.places += 1;
  });
  if (slider) places.observe(slider, { attributes: true, attributeFilter: ["aria-valuetext"] });
  const source = slider ?? root;
  source.addEventListener("keydown", key, true);
  stop = () => {
    pictures.disconnect();
    places.disconnect();
    source.removeEventListener("keydown", key, true);
    drawn = () => {};
  };
};
