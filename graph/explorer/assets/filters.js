// The legend: each row shows how something is drawn, how much of it there is, and turns it on or off.

const filters = byId("filters");

function filterGroup(title, kind, keys, sample, name, amount) {
  const hidden = chosen.hidden[kind];
  const set = keep => { keys.forEach(key => (keep(key) ? hidden.delete(key) : hidden.add(key))); changed("filters"); };
  const row = key => {
    const box = make("input", { type: "checkbox", value: key, onchange: () => { (box.checked ? hidden.delete(key) : hidden.add(key)); changed("filters"); } });
    box.checked = !hidden.has(key);
    return make("div", { class: "row" },
      make("label", {}, box, sample(key), make("span", { class: "label" }, name(key)), make("span", { class: "count" }, count(amount(key)))),
      key === NEGATED ? "" : make("button", { type: "button", class: "only", onclick: () => set(other => other === key || other === NEGATED) }, say("only")));
  };
  const all = make("button", { type: "button", class: "only", onclick: () => set(() => true) }, say("all"));
  all.hidden = !hidden.size;
  return make("fieldset", { "data-kind": kind }, make("legend", {}, title), all, keys.map(row));
}

function showFilters() {
  const focused = document.activeElement;
  const kept = focused && filters.contains(focused) && focused.value ? [focused.closest("fieldset").dataset.kind, focused.value] : null;
  const statements = links.flatMap(link => link.statements);
  const ofStatus = status => statements.filter(s => (status === NEGATED ? s.negated : s.status === status)).length;
  const statuses = statusKeys.filter(status => status !== NEGATED || ofStatus(status));
  filters.replaceChildren();
  filters.setAttribute("aria-label", say("filtersLabel"));
  if (typesPresent.length) filters.append(filterGroup(say("types"), "types", typesPresent, swatch, typeName,
    type => entities.filter(entity => entity.type === type).length));
  if (links.length) filters.append(
    filterGroup(say("statuses"), "statuses", statuses, status => (status === NEGATED ? lineSample("", true) : lineSample(status)),
      status => (status === NEGATED ? say("negated") : statusName(status)), ofStatus),
    filterGroup(say("predicates"), "predicates", predicatesPresent, () => "", predicateName,
      predicate => links.filter(link => link.predicate === predicate).length));
  const loose = entities.length - connectedCount;
  if (loose && connectedCount) filters.append(looseToggle(loose));
  if (kept) filters.querySelector(`[data-kind="${kept[0]}"] input[value="${CSS.escape(kept[1])}"]`)?.focus();
}

function looseToggle(loose) {
  const box = make("input", { type: "checkbox", value: "unconnected", onchange: () => { chosen.unconnected = box.checked; changed("filters"); } });
  box.checked = chosen.unconnected;
  return make("fieldset", { "data-kind": "loose" }, make("div", { class: "row" },
    make("label", {}, box, make("span", { class: "label" }, say("unconnected")), make("span", { class: "count" }, count(loose)))));
}

byId("open-filters").addEventListener("click", () => {
  const isOpen = document.body.classList.toggle("filtering");
  byId("open-filters").setAttribute("aria-expanded", isOpen);
});

whenChanged(what => { if (what !== "amount") showFilters(); });
