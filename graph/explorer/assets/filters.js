// The legend: each row shows how something is drawn, how much of it there is, and turns it on or off.

const filters = byId("filters");

/** A row that shows or hides something: its box, a sample of how it is drawn, its name and amount. */
function filterRow(key, isOn, toggle, sample, name, amount, onlyThis) {
  const box = make("input", { type: "checkbox", value: key, onchange: () => toggle(box.checked) });
  box.checked = isOn;
  const label = make("label", {}, box, sample, make("span", { class: "label" }, name), tally(amount));
  return make("div", { class: "row" }, label, onlyThis ? button("only", say("only"), onlyThis) : "");
}

function filterGroup(kind, keys, sample, name, amount) {
  const hidden = chosen.hidden[kind];
  const set = keep => {
    keys.forEach(key => (keep(key) ? hidden.delete(key) : hidden.add(key)));
    changed("filters");
  };
  const row = key => {
    const toggle = isOn => set(other => (other === key ? isOn : !hidden.has(other)));
    const onlyThis = key === NEGATED ? null : () => set(other => other === key || other === NEGATED);
    return filterRow(key, !hidden.has(key), toggle, sample(key), name(key), amount(key), onlyThis);
  };
  const all = hidden.size ? button("only", say("all"), () => set(() => true)) : "";
  return make("fieldset", { "data-kind": kind }, make("legend", {}, say(kind), all), keys.map(row));
}

function typeFilter() {
  const amount = type => entities.filter(entity => entity.type === type).length;
  return filterGroup("types", typesPresent, swatch, typeName, amount);
}

function statusFilter() {
  const statements = links.flatMap(link => link.statements);
  const has = status => statement => (status === NEGATED ? statement.negated : statement.status === status);
  const amount = status => statements.filter(has(status)).length;
  const sample = status => (status === NEGATED ? lineSample("", true) : lineSample(status));
  const name = status => (status === NEGATED ? say("negated") : statusName(status));
  return filterGroup(
    "statuses",
    statusKeys.filter(status => status !== NEGATED || amount(status)),
    sample,
    name,
    amount,
  );
}

function predicateFilter() {
  const amount = predicate => links.filter(link => link.predicate === predicate).length;
  return filterGroup("predicates", predicatesPresent, () => "", predicateName, amount);
}

function looseFilter(loose) {
  const toggle = isOn => {
    chosen.unconnected = isOn;
    changed("filters");
  };
  const row = filterRow("unconnected", chosen.unconnected, toggle, "", say("unconnected"), loose);
  return make("fieldset", { "data-kind": "loose" }, row);
}

function showFilters() {
  const focused = filters.contains(document.activeElement) ? document.activeElement : null;
  const kept = focused?.value ? [focused.closest("fieldset").dataset.kind, focused.value] : null;
  const loose = entities.length - connectedCount;
  filters.setAttribute("aria-label", say("filtersLabel"));
  filters.replaceChildren(...(entities.length ? [typeFilter()] : []));
  if (links.length) filters.append(statusFilter(), predicateFilter());
  if (loose && connectedCount) filters.append(looseFilter(loose));
  if (kept) filters.querySelector(`[data-kind="${kept[0]}"] input[value="${CSS.escape(kept[1])}"]`)?.focus();
}

byId("open-filters").addEventListener("click", () => {
  const isOpen = document.body.classList.toggle("filtering");
  byId("open-filters").setAttribute("aria-expanded", isOpen);
});

whenChanged(what => {
  if (what !== "amount") showFilters();
});
