// The frame around the map: buttons, keys, the address that recalls a view, and the first drawing.

const labels = [
  ["open-filters", "filters"],
  ["more", "more"],
  ["reset", "reset"],
];
const titles = [
  ["zoom-in", "zoomIn"],
  ["zoom-out", "zoomOut"],
  ["fit", "fit"],
];

function labelFrame() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  labels.forEach(([id, key]) => {
    byId(id).textContent = say(key);
  });
  titles.forEach(([id, key]) => {
    byId(id).title = say(key);
    byId(id).setAttribute("aria-label", say(key));
  });
  query.placeholder = say("search");
  query.setAttribute("aria-label", say("search"));
  suggestions.setAttribute("aria-label", say("search"));
  keyboardTarget.setAttribute("aria-label", say("canvas"));
  byId("switch-language").textContent = say("language");
  byId("switch-language").setAttribute("aria-label", say("languageLabel"));
  byId("switch-theme").textContent = say(isDark() ? "toLight" : "toDark");
}

function showAmount() {
  byId("shown").textContent = say(
    "shown",
    count(onMap.ids.size),
    count(entities.length),
    count(onMap.links.length),
    count(links.length),
  );
  byId("more").hidden = chosen.stage >= context.stages.length - 1;
  byId("reset").hidden =
    chosen.stage === stageAtStart() &&
    !chosen.added.size &&
    !Object.values(chosen.hidden).some(set => set.size);
  byId("empty").hidden = onMap.ids.size > 0;
  byId("empty").textContent = say(entities.length ? "nothingLeft" : "nothing");
}

/** What is read, in what language and light, as the page's address: a link to it opens the same view. */
function remember() {
  const address = new URLSearchParams();
  if (language !== context.language) address.set("lang", language);
  if (chosen.entity !== null) address.set("node", entities[chosen.entity].iri);
  if (chosen.link) address.set("edge", keyOf(chosen.link));
  for (const [kind, hidden] of Object.entries(chosen.hidden))
    if (hidden.size) address.set("hide-" + kind, [...hidden].join(" "));
  try {
    history.replaceState(null, "", "#" + address);
  } catch {
    /* a sandboxed preview forbids it */
  }
}

function recall() {
  const address = new URLSearchParams(location.hash.slice(1));
  if (Object.hasOwn(words, address.get("lang"))) language = address.get("lang");
  const theme = address.get("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  const known = { types: typesPresent, predicates: predicatesPresent, statuses: statusKeys };
  for (const [kind, keys] of Object.entries(known)) {
    const hidden = (address.get("hide-" + kind) || "").split(" ");
    chosen.hidden[kind] = new Set(keys.filter(key => hidden.includes(key)));
  }
  return address;
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  updateColours();
  changed("language");
}

byId("switch-language").addEventListener("click", () => {
  language = otherLanguage();
  changed("language");
});
byId("switch-theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
byId("more").addEventListener("click", () => {
  chosen.stage++;
  changed("stage");
});
byId("reset").addEventListener("click", () => {
  Object.values(chosen.hidden).forEach(set => set.clear());
  chosen.added.clear();
  chosen.stage = stageAtStart();
  chosen.entity = chosen.link = null;
  changed("stage");
});
byId("zoom-in").addEventListener("click", () => zoom(1.3));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
byId("fit").addEventListener("click", fitMap);

/** Step to the next or previous of the chosen entity's neighbours, or of all when none is chosen. */
function step(by) {
  const ids = [...onMap.ids].sort((a, b) => a - b);
  if (ids.length) readEntity(ids[(ids.indexOf(chosen.entity) + by + ids.length) % ids.length]);
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target === query;
  if (isTyping) return;
  if (event.key === "/") {
    event.preventDefault();
    query.focus();
  } else if (event.key === "Escape") readNothing();
  else if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "f") fitMap();
  else if (event.key === "Enter" && chosen.entity !== null && canvas.contains(event.target))
    expand(chosen.entity);
});

whenChanged(what => {
  labelFrame();
  showAmount();
  remember();
  if (what === "reading") bringIntoSight();
});

document.documentElement.dataset.theme = window.matchMedia("(prefers-color-scheme: dark)").matches
  ? "dark"
  : "light";
const address = recall();
updateColours();
changed("stage");
const asked = entities.find(entity => entity.iri === address.get("node"));
const askedLink = links.find(link => keyOf(link) === address.get("edge"));
if (asked) readEntity(asked.id);
else if (askedLink) readLink(askedLink);
if (address.get("q")) {
  query.value = address.get("q");
  suggest();
}
document.documentElement.dataset.ready = "true";
