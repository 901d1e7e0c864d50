// Search over every name in both languages, with suggestions that the keyboard reaches.

const query = byId("query");
const suggestions = byId("suggestions");
const MOST_SUGGESTIONS = 12;
const searchable = entities.map(entity => allNames(entity).map(name => ({ name, text: folded(name) })));
let results = [];
let active = -1;

/** How well a name answers: the whole name, its beginning, a word's beginning, anywhere; 0 when not at all. */
function quality(text, whole, terms) {
  if (text === whole) return 4;
  if (!terms.every(term => text.includes(term))) return 0;
  if (text.startsWith(whole)) return 3;
  return terms.every(term => text.startsWith(term) || text.includes(" " + term)) ? 2 : 1;
}

/** The entities that a text finds, best first, each with the name that answered. */
function find(text) {
  const whole = folded(text);
  const terms = text.split(/[\s\u3000]+/u).map(folded).filter(Boolean);
  if (!terms.length) return [];
  const found = [];
  entities.forEach((entity, i) => {
    const answers = searchable[i].map(({ name, text: known }) => ({
      entity,
      name,
      score: quality(known, whole, terms),
    }));
    const best = answers.sort((a, b) => b.score - a.score)[0];
    if (best.score) found.push(best);
  });
  return found.sort((a, b) => b.score - a.score || a.entity.id - b.entity.id).slice(0, MOST_SUGGESTIONS);
}

function suggestion({ entity, name }, i) {
  const choose = event => {
    event.preventDefault(); // the field keeps the focus until the choice is made
    take(i);
  };
  const alias = name === nameOf(entity) ? "" : make("small", {}, name);
  const label = make("span", { class: "label" }, nameOf(entity), alias);
  const properties = { role: "option", id: "suggestion-" + i, onmousedown: choose };
  return make("li", properties, swatch(entity.type), label, tally(typeName(entity.type)));
}

function suggest() {
  results = find(query.value);
  active = results.length ? 0 : -1;
  const isAsking = query.value.trim() !== "";
  const none = isAsking && !results.length ? [make("li", { class: "none" }, say("noMatch"))] : [];
  suggestions.replaceChildren(...results.map(suggestion), ...none);
  open(isAsking);
  highlight();
}

function open(isOpen) {
  suggestions.hidden = !isOpen;
  query.setAttribute("aria-expanded", isOpen);
  if (!isOpen) query.removeAttribute("aria-activedescendant");
}

function highlight() {
  [...suggestions.children].forEach((row, i) => row.setAttribute("aria-selected", i === active));
  if (active < 0 || suggestions.hidden) return;
  query.setAttribute("aria-activedescendant", "suggestion-" + active);
  suggestions.children[active].scrollIntoView({ block: "nearest" });
}

function take(i) {
  open(false);
  query.value = "";
  readEntity(results[i].entity.id);
  details.focus();
}

query.addEventListener("input", suggest);
query.addEventListener("focus", () => {
  if (query.value.trim()) suggest();
});
query.addEventListener("blur", () => open(false));
query.addEventListener("keydown", event => {
  if (event.isComposing) return; // Enter ends the composition of a Chinese word, not the search
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && results.length) {
    event.preventDefault();
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + results.length) % results.length;
    highlight();
  } else if (event.key === "Enter" && active >= 0) take(active);
  else if (event.key === "Escape") {
    query.value = "";
    open(false);
    query.blur();
    event.stopPropagation();
  }
});
