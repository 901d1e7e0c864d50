// What is chosen: filters, how much is shown, and the entity or link being read. Others listen and redraw.

const NEGATED = "negated";
const statusKeys = [...context.statuses, NEGATED];
const present = values => [...new Set(values)];
const typesPresent = Object.keys(context.types).filter(type => entities.some(e => e.type === type));
const predicatesPresent = present(links.map(link => link.predicate));

const connectedCount = entities.filter(entity => entity.links_.length).length;
const isSmallScreen = () => window.matchMedia("(max-width: 800px)").matches;
const stageAtStart = () => {
  const wanted = isSmallScreen() ? 40 : 120;
  return Math.max(
    0,
    context.stages.findIndex(size => size >= Math.min(wanted, connectedCount)),
  );
};

const chosen = {
  hidden: { types: new Set(), predicates: new Set(), statuses: new Set() },
  stage: stageAtStart(),
  added: new Set(), // entities brought in beyond the stage: neighbours, search results
  unconnected: connectedCount === 0,
  entity: null,
  link: null,
};

const listeners = [];
const whenChanged = listener => listeners.push(listener);
/** Tell everyone that `what` changed: "filters", "amount", "reading" or "language". */
const changed = what => listeners.forEach(listener => listener(what));

const passesType = entity => !chosen.hidden.types.has(entity.type);
const passesStatus = statement =>
  !chosen.hidden.statuses.has(statement.status) &&
  !(statement.negated && chosen.hidden.statuses.has(NEGATED));
const passing = link =>
  chosen.hidden.predicates.has(link.predicate) ? [] : link.statements.filter(passesStatus);
const passes = link => passing(link).length > 0;
const passesWhole = link => passes(link) && passesType(entities[link.from]) && passesType(entities[link.to]);
const filtersLinks = () => chosen.hidden.predicates.size > 0 || chosen.hidden.statuses.size > 0;

/** The entities and links on the map. Filtering relations leaves out what they no longer join. */
function visible() {
  const amount = context.stages[chosen.stage];
  const inReach = entity =>
    entity.id < amount || chosen.added.has(entity.id) || (chosen.unconnected && !entity.links_.length);
  const ids = new Set(
    entities.filter(entity => inReach(entity) && passesType(entity)).map(entity => entity.id),
  );
  const shownLinks = links.filter(link => ids.has(link.from) && ids.has(link.to) && passes(link));
  if (filtersLinks()) {
    const joined = new Set(shownLinks.flatMap(link => [link.from, link.to]));
    ids.forEach(id => {
      if (!joined.has(id) && id !== chosen.entity) ids.delete(id);
    });
  }
  return { ids, links: shownLinks };
}

/** Neighbours that pass the filters and are not on the map, most connected first. */
function hiddenNeighbours(id) {
  const { ids } = visible();
  const ends = entities[id].links_.filter(passesWhole).map(link => otherEnd(link, id));
  return present(ends)
    .filter(end => !ids.has(end))
    .sort((a, b) => a - b);
}

const EXPANSION = 25;
function expand(id) {
  const added = hiddenNeighbours(id).slice(0, EXPANSION);
  added.forEach(end => chosen.added.add(end));
  changed("amount");
}

/** Make an entity visible whatever the filters and the amount, and read it. */
function readEntity(id) {
  const entity = entities[id];
  chosen.hidden.types.delete(entity.type);
  if (!visible().ids.has(id)) {
    chosen.added.add(id);
    entity.links_
      .filter(passesWhole)
      .slice(0, 12)
      .forEach(link => chosen.added.add(otherEnd(link, id)));
  }
  chosen.entity = id;
  chosen.link = null;
  changed("reading");
}

function readLink(link) {
  for (const end of [link.from, link.to]) {
    chosen.hidden.types.delete(entities[end].type);
    chosen.added.add(end);
  }
  chosen.hidden.predicates.delete(link.predicate);
  if (!passes(link)) chosen.hidden.statuses.clear();
  chosen.entity = null;
  chosen.link = link;
  changed("reading");
}

function readNothing() {
  if (chosen.entity === null && chosen.link === null) return;
  chosen.entity = chosen.link = null;
  changed("reading");
}
