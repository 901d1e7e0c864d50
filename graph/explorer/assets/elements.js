// Pieces of the page. Text only ever enters as text: nothing here parses markup.

const byId = id => document.getElementById(id);

/** An element with properties, listeners (`onclick`: a function), attributes and children. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

const button = (kind, text, onclick) => make("button", { type: "button", class: kind, onclick }, text);

/** A number (or a short text) set apart at the end of a row. */
const tally = number => make("span", { class: "count" }, typeof number === "number" ? count(number) : number);

function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const isDark = () => document.documentElement.dataset.theme === "dark";
const colourOf = type => (isDark() ? context.types[type].dark : context.types[type].colour);

/** The shape and colour of a type. */
function swatch(type) {
  const shape = draw("path", { d: context.types[type].path, fill: colourOf(type), "fill-rule": "evenodd" });
  return draw("svg", { class: "swatch", viewBox: "-12 -12 24 24", "aria-hidden": "true" }, shape);
}

const DASHES = { proposed: [7, 5], planned: [1.5, 4] };

/** A stretch of line as a status is drawn; crossed when negated. */
function lineSample(status, negated = false) {
  const line = draw("line", {
    x1: 1,
    y1: 6,
    x2: 31,
    y2: 6,
    "stroke-dasharray": (DASHES[status] || []).join(" "),
  });
  const cross = negated ? [draw("path", { d: "M12.5 2.5L19.5 9.5M19.5 2.5L12.5 9.5", class: "cross" })] : [];
  return draw("svg", { class: "sample", viewBox: "0 0 32 12", "aria-hidden": "true" }, line, ...cross);
}

/** A link to the web where the address is one that may be followed, else its text. */
function outside(address, text) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return make("span", {}, text);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return make("span", {}, text);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

function announce(text) {
  byId("announcement").textContent = text;
}
