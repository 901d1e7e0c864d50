// The panel on the side: an overview, an entity with what is said of it, or a link with every sentence.

const details = byId("details");
const entityButton = entity =>
  make("button", { type: "button", class: "name", onclick: () => readEntity(entity.id) }, swatch(entity.type), nameOf(entity));

const statusLabel = statement => [
  lineSample(statement.status, statement.negated),
  (statement.negated ? say("not") + " · " : "") + statusName(statement.status),
];

function showOverview() {
  const statements = links.flatMap(link => link.statements);
  const figures = [
    ["entities", entities.length], ["statements", statements.length],
    ["sentences", context.sentences.length], ["documents", context.documentCount],
  ];
  details.append(
    make("h2", {}, say("overview")),
    make("dl", { class: "figures" }, figures.map(([key, value]) => make("div", {}, make("dt", {}, say(key)), make("dd", {}, count(value))))),
    statements.length ? statusBar(statements) : "",
    entities.length ? make("p", { class: "quiet" }, say("hint")) : "",
    context.leftOut ? make("p", { class: "quiet" }, say("leftOut", count(context.leftOut))) : "",
  );
  const central = entities.filter(entity => entity.links_.length).sort((a, b) => b.links_.length - a.links_.length).slice(0, 10);
  if (central.length) details.append(make("h3", {}, say("connected")), make("ul", { class: "list plain" },
    central.map(entity => make("li", {}, entityButton(entity), make("span", { class: "count" }, count(entity.links_.length))))));
  if (context.documents.length) details.append(make("h3", {}, say("allDocuments")), make("ul", { class: "list plain documents" },
    context.documents.slice(0, 30).map(document => make("li", {}, documentTitle(document), make("span", { class: "count" }, document.date)))));
}

function statusBar(statements) {
  const amounts = context.statuses.map(status => [status, statements.filter(s => s.status === status).length]);
  return make("ul", { class: "amounts" }, amounts.map(([status, amount]) =>
    make("li", {}, lineSample(status), statusName(status), make("span", { class: "count" }, count(amount)))));
}

function showEntity(entity) {
  const names = allNames(entity).filter(name => name !== nameOf(entity) && name !== otherNameOf(entity));
  const kinds = present([typeName(entity.type), entity.cls ? className(entity.cls) : typeName(entity.type)]);
  if (entity.mechanism) kinds.push(labelIn(context.mechanisms, entity.mechanism));
  const more = hiddenNeighbours(entity.id).length;
  details.append(
    make("p", { class: "kind" }, swatch(entity.type), kinds.join(" · ")),
    make("h2", {}, nameOf(entity)),
    otherNameOf(entity) ? make("p", { class: "other-name", lang: otherLanguage() }, otherNameOf(entity)) : "",
    names.length ? make("p", { class: "quiet" }, say("alsoCalled") + ": " + names.join(language === "zh" ? "；" : "; ")) : "",
    make("p", { class: "quiet" }, say("mentions", count(entity.mentions), count(entity.documents))),
    make("div", { class: "actions" },
      make("button", { type: "button", onclick: () => network.focus(entity.id, { scale: 1, animation: false }) }, say("show")),
      more ? make("button", { type: "button", onclick: () => expand(entity.id) }, say("expand", Math.min(more, EXPANSION))) : ""),
    identifiers(entity),
  );
  const shown = entity.links_.filter(passes);
  if (!entity.links_.length) details.append(make("p", { class: "quiet" }, say("noStatements")));
  for (const [title, group] of byPredicate(entity, shown)) details.append(make("h3", {}, title, make("span", { class: "count" }, group.length)),
    make("ul", { class: "list" }, group.map(link => linkRow(link, entities[otherEnd(link, entity.id)]))));
  const hidden = entity.links_.length - shown.length;
  if (hidden) details.append(make("p", { class: "quiet" }, say("hiddenByFilter", hidden)));
}

function identifiers(entity) {
  const known = entity.sameAs.map(address => make("li", {}, outside(address, address.replace(/^https?:\/\/(www\.)?/, ""))));
  const rows = [...known, ...entity.identifiers.map(identifier => make("li", {}, identifier)), make("li", {}, entity.iri)];
  return make("details", { class: "links" }, make("summary", {}, say("links")), make("ul", {}, rows));
}

/** The links of an entity by predicate and direction: what it does, then what is done to it. */
function byPredicate(entity, group) {
  const groups = new Map();
  const outward = link => link.from === entity.id;
  for (const link of [...group].sort((a, b) => outward(b) - outward(a))) {
    const arrow = isSymmetric(link) ? "" : outward(link) ? " →" : "← ";
    const title = arrow === "← " ? arrow + predicateName(link.predicate) : predicateName(link.predicate) + arrow;
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(link);
  }
  return groups;
}

function linkRow(link, other) {
  const statements = passing(link);
  const quotes = statements.reduce((sum, statement) => sum + statement.evidence.length, 0);
  const states = statements.map(statement => make("span", { class: "state" }, statusLabel(statement)));
  return make("li", {}, entityButton(other),
    make("button", { type: "button", class: "quotes", onclick: () => readLink(link) }, ...states, quotes === 1 ? say("quote") : say("quotes", count(quotes))));
}

function showLink(link) {
  const [subject, object] = [entities[link.from], entities[link.to]];
  details.append(make("h2", { class: "triple" }, entityButton(subject),
    make("span", { class: "predicate" }, isSymmetric(link) ? "— " : "→ ", predicateName(link.predicate)), entityButton(object)));
  for (const statement of link.statements) details.append(statementCard(statement, passesStatus(statement)));
  const parallel = entities[link.from].links_.filter(other => other !== link && otherEnd(other, link.from) === link.to);
  if (parallel.length) details.append(make("h3", {}, say("between")), make("ul", { class: "list" }, parallel.map(other => make("li", {},
    make("button", { type: "button", class: "name", onclick: () => readLink(other) },
      `${nameOf(entities[other.from])} ${isSymmetric(other) ? "—" : "→"} ${predicateName(other.predicate)}`)))));
}

function statementCard(statement, passesFilter) {
  const facts = [`${say("confidence")} ${statement.confidence.toFixed(2)}`];
  if (statement.finer) facts.push(`${say("finer")}: ${predicateName(statement.finer)}`);
  if (statement.rule) facts.push(`${say("rule")} ${statement.rule}`);
  const quotes = statement.evidence.map(([number, marks]) => quote(context.sentences[number], marks));
  return make("section", { class: passesFilter ? "statement" : "statement filtered" },
    make("h3", { class: statement.negated ? "state negated" : "state" }, statusLabel(statement)),
    make("p", { class: "quiet facts" }, facts.join(" · ")),
    quotes.length ? quotes : make("p", { class: "quiet" }, say("noEvidence")));
}

function quote([number, begin, end, text], marks) {
  const document = context.documents[number];
  const source = [document.date, document.publisher].filter(Boolean).join(" · ");
  const citation = `“${text}” ${[document.title, document.publisher, document.date, document.url || document.source].filter(Boolean).join(", ")}`;
  return make("figure", {},
    make("blockquote", { lang: document.language || null }, marked(text, marks)),
    make("figcaption", {}, make("cite", {}, documentTitle(document)), source ? make("span", {}, source) : "",
      make("span", { class: "source" }, `${document.source}, ${say("characters", begin, end)}`),
      make("button", { type: "button", class: "copy", onclick: () => copy(citation) }, say("copy"))));
}

function documentTitle(document) {
  const title = document.title || document.source || say("untitled");
  return outside(document.url || document.source || "", title);
}

/** The sentence in pieces, with the names of the two ends marked. Positions count code points. */
function marked(text, marks) {
  const characters = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const [begin, end, role] of marks) {
    pieces.push(characters.slice(at, begin).join(""), make("mark", { class: role ? "object" : "subject" }, characters.slice(begin, end).join("")));
    at = end;
  }
  return [...pieces, characters.slice(at).join("")];
}

function copy(text) {
  const done = () => announce(say("copied"));
  if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done, () => {}); return; }
  const area = make("textarea", { class: "unseen" });
  area.value = text;
  document.body.append(area);
  area.select();
  if (document.execCommand("copy")) done();
  area.remove();
}

function showDetails() {
  details.replaceChildren();
  details.setAttribute("aria-label", say("overview"));
  const isReading = chosen.entity !== null || chosen.link !== null;
  document.body.classList.toggle("reading", isReading);
  if (isReading) details.append(make("button", { type: "button", class: "close", "aria-label": say("close"), title: say("close"), onclick: readNothing }, "×"));
  if (chosen.link) showLink(chosen.link);
  else if (chosen.entity !== null) showEntity(entities[chosen.entity]);
  else showOverview();
}

whenChanged(what => {
  showDetails();
  if (what !== "reading") return;
  details.scrollTop = 0;
  if (chosen.link) announce(`${nameOf(entities[chosen.link.from])} ${predicateName(chosen.link.predicate)} ${nameOf(entities[chosen.link.to])}`);
  else if (chosen.entity !== null) announce(nameOf(entities[chosen.entity]));
});
