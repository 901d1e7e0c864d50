// The panel on the side: an overview, an entity with what is said of it, or a link with every sentence.

const details = byId("details");
const section = (key, ...rows) => [make("h3", { class: "heading" }, say(key)), make("ul", { class: "list plain" }, rows)];
const entityButton = entity =>
  button("name", [swatch(entity.type), nameOf(entity)], () => readEntity(entity.id));
const inWordsOf = link =>
  `${nameOf(entities[link.from])} ${isSymmetric(link) ? "—" : "→"} ${predicateName(link.predicate)} ` +
  `${nameOf(entities[link.to])}`;

const comma = () => (language === "zh" ? "，" : ", ");

const statusLabel = statement => [
  lineSample(statement.status, statement.negated),
  (statement.negated ? say("not") + " · " : "") + statusName(statement.status),
];

function showOverview() {
  const statements = links.flatMap(link => link.statements);
  details.append(make("h2", {}, say("overview")), figures(statements.length));
  if (statements.length) details.append(statusBar(statements));
  if (entities.length) details.append(make("p", { class: "quiet" }, say("hint")));
  if (context.leftOut) details.append(make("p", { class: "quiet" }, say("leftOut", count(context.leftOut))));
  const central = entities.filter(entity => entity.links_.length);
  central.sort((a, b) => b.links_.length - a.links_.length);
  const centralRow = entity => make("li", {}, entityButton(entity), tally(entity.links_.length));
  const documentRow = document =>
    make("li", { class: "document" }, documentTitle(document), tally(document.date));
  if (central.length) details.append(...section("connected", ...central.slice(0, 10).map(centralRow)));
  const cited = context.documents.slice(0, 30);
  if (cited.length) details.append(...section("documents", ...cited.map(documentRow)));
}

function figures(statements) {
  const amounts = {
    entities: entities.length,
    statements,
    sentences: context.sentences.length,
    documents: context.documentCount,
  };
  const figure = ([key, amount]) => make("div", {}, make("dt", {}, say(key)), make("dd", {}, count(amount)));
  return make("dl", { class: "figures" }, Object.entries(amounts).map(figure));
}

function statusBar(statements) {
  const amount = status => statements.filter(statement => statement.status === status).length;
  const row = status => make("li", {}, lineSample(status), statusName(status), tally(amount(status)));
  return make("ul", { class: "amounts" }, context.statuses.map(row));
}

function showEntity(entity) {
  const names = allNames(entity).filter(name => name !== nameOf(entity) && name !== otherNameOf(entity));
  const separator = language === "zh" ? "；" : "; ";
  details.append(
    make("p", { class: "kind" }, swatch(entity.type), kindsOf(entity).join(" · ")),
    make("h2", {}, nameOf(entity)),
    make("p", { class: "other-name", lang: otherLanguage() }, otherNameOf(entity)),
    make("p", { class: "quiet" }, names.length ? `${say("alsoCalled")}${language === "zh" ? "：" : ": "}${names.join(separator)}` : ""),
    make("p", { class: "quiet" }, say("mentions", count(entity.mentions), count(entity.documents))),
    actions(entity),
    identifiers(entity),
  );
  const shown = entity.links_.filter(passes);
  for (const [title, group] of byPredicate(entity, shown)) {
    const rows = group.map(link => linkRow(link, entities[otherEnd(link, entity.id)]));
    details.append(make("h3", {}, title, tally(group.length)), make("ul", { class: "list" }, rows));
  }
  const hidden = entity.links_.length - shown.length;
  if (!entity.links_.length) details.append(make("p", { class: "quiet" }, say("noStatements")));
  if (hidden) details.append(make("p", { class: "quiet" }, say("hiddenByFilter", hidden)));
}

function kindsOf(entity) {
  const kinds = [typeName(entity.type)];
  if (entity.cls) kinds.push(className(entity.cls));
  if (entity.mechanism) kinds.push(labelIn(context.mechanisms, entity.mechanism));
  return present(kinds);
}

function actions(entity) {
  const more = Math.min(EXPANSION, hiddenNeighbours(entity.id).length);
  return make(
    "div",
    { class: "actions" },
    button("show", say("show"), () => fit([entity.id], 1)),
    more ? button("expand", say("expand", more), () => expand(entity.id)) : "",
  );
}

function identifiers(entity) {
  const short = address => address.replace(/^https?:\/\/(www\.)?/, "");
  const elsewhere = entity.sameAs.map(address => outside(address, short(address)));
  const rows = [...elsewhere, ...entity.identifiers, entity.iri].map(identifier =>
    make("li", {}, identifier),
  );
  return make("details", { class: "links" }, make("summary", {}, say("links")), make("ul", {}, rows));
}

/** The links of an entity by predicate and direction: what it does, then what is done to it. */
function byPredicate(entity, group) {
  const groups = new Map();
  const outward = link => link.from === entity.id;
  for (const link of [...group].sort((a, b) => outward(b) - outward(a))) {
    const arrow = isSymmetric(link) ? "" : outward(link) ? " →" : "← ";
    const title =
      arrow === "← " ? arrow + predicateName(link.predicate) : predicateName(link.predicate) + arrow;
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(link);
  }
  return groups;
}

function linkRow(link, other) {
  const statements = passing(link);
  const quotes = statements.reduce((sum, statement) => sum + statement.evidence.length, 0);
  const states = statements.map(statement => make("span", { class: "state" }, statusLabel(statement)));
  const amount = quotes === 1 ? say("quote") : say("quotes", count(quotes));
  return make(
    "li",
    {},
    entityButton(other),
    button("quotes", [...states, amount], () => readLink(link)),
  );
}

function showLink(link) {
  const [subject, object] = [entities[link.from], entities[link.to]];
  const predicate = [isSymmetric(link) ? "— " : "→ ", predicateName(link.predicate)];
  const title = [
    entityButton(subject),
    make("span", { class: "predicate" }, predicate),
    entityButton(object),
  ];
  details.append(make("h2", { class: "triple" }, title), ...link.statements.map(statementCard));
  const parallel = subject.links_.filter(other => other !== link && otherEnd(other, link.from) === link.to);
  const row = other =>
    make(
      "li",
      {},
      button("name", inWordsOf(other), () => readLink(other)),
    );
  if (parallel.length) details.append(...section("between", ...parallel.map(row)));
}

function statementCard(statement) {
  const facts = [`${say("confidence")} ${statement.confidence.toFixed(2)}`];
  if (statement.finer) facts.push(`${say("finer")}: ${predicateName(statement.finer)}`);
  if (statement.rule) facts.push(`${say("rule")} ${statement.rule}`);
  const quotes = statement.evidence.map(([number, marks]) => quote(context.sentences[number], marks));
  return make(
    "section",
    { class: passesStatus(statement) ? "statement" : "statement filtered" },
    make("h3", { class: statement.negated ? "state negated" : "state" }, statusLabel(statement)),
    make("p", { class: "quiet facts" }, facts.join(" · ")),
    quotes.length ? quotes : make("p", { class: "quiet" }, say("noEvidence")),
  );
}

function quote([number, begin, end, text], marks) {
  const document = context.documents[number];
  const { title, publisher, date, url, source } = document;
  const origin = [title, publisher, date, url || source].filter(Boolean).join(comma());
  const caption = [
    make("cite", {}, documentTitle(document)),
    make("span", {}, [date, publisher].filter(Boolean).join(" · ")),
    make("span", { class: "source" }, source + comma() + say("characters", begin, end)),
    button("copy", say("copy"), () => copy(`“${text}” ${origin}`)),
  ];
  const sentence = make("blockquote", { lang: document.language || null }, marked(text, marks));
  return make("figure", {}, sentence, make("figcaption", {}, caption));
}

function documentTitle({ title, source, url }) {
  return outside(url || source || "", title || source || say("untitled"));
}

/** The sentence in pieces, with the names of the two ends marked. Positions count code points. */
function marked(text, marks) {
  const characters = Array.from(text);
  const piece = (begin, end) => characters.slice(begin, end).join("");
  const pieces = [];
  let at = 0;
  for (const [begin, end, role] of marks) {
    pieces.push(piece(at, begin), make("mark", { class: role ? "object" : "subject" }, piece(begin, end)));
    at = end;
  }
  return [...pieces, piece(at)];
}

function copy(text) {
  const done = () => announce(say("copied"));
  if (navigator.clipboard && window.isSecureContext) {
    navigator.clipboard.writeText(text).then(done, () => {});
    return;
  }
  const area = make("textarea", { class: "unseen" });
  area.value = text;
  document.body.append(area);
  area.select();
  if (document.execCommand("copy")) done();
  area.remove();
}

function showDetails() {
  details.replaceChildren();
  details.setAttribute("aria-label", say("details"));
  const isReading = chosen.entity !== null || chosen.link !== null;
  document.body.classList.toggle("reading", isReading);
  if (isReading) {
    const close = button("close", "×", readNothing);
    close.setAttribute("aria-label", say("close"));
    details.append(close);
  }
  if (chosen.link) showLink(chosen.link);
  else if (chosen.entity !== null) showEntity(entities[chosen.entity]);
  else showOverview();
}

whenChanged(what => {
  showDetails();
  if (what !== "reading") return;
  details.scrollTop = 0;
  if (chosen.link) announce(inWordsOf(chosen.link));
  else if (chosen.entity !== null) announce(nameOf(entities[chosen.entity]));
});
