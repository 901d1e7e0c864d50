// The map: vis-network draws lines and shapes where the page was told to put them; nothing moves by itself.

const canvas = byId("canvas");
const colours = {};
const ROOM = { x: 96, y: 64 };

/** On a screen higher than wide the map is turned: rows become columns. */
const isUpright = canvas.clientHeight > canvas.clientWidth * 1.15;
const places = new Map(); // where a reader or an expansion put an entity, by its number

const nodeItems = new vis.DataSet();
const edgeItems = new vis.DataSet();
const paths = Object.fromEntries(Object.entries(context.types).map(([type, look]) => [type, new Path2D(look.path)]));

const network = new vis.Network(canvas, { nodes: nodeItems, edges: edgeItems }, {
  ...read("options"),
  nodes: { shape: "custom", ctxRenderer: drawEntity, chosen: false },
  edges: {
    chosen: { label: false, edge: (values, id, selected, hovered) => { if (hovered) values.color = colours.accent; } },
    color: { inherit: false },
    hoverWidth: 0.6,
    selectionWidth: 0,
    arrows: { to: { scaleFactor: 0.45 } },
    arrowStrikethrough: false,
  },
});

let onMap = { ids: new Set(), links: [] };
let focus = null; // numbers of the entities in focus, or null when none is
let hovered = { entity: null, link: null };

/** The radius in the canvas's units: on the screen it grows and shrinks less than the map does. */
function radius(entity) {
  const scale = network.getScale();
  return (entity.size * Math.min(1.35, Math.max(0.55, scale))) / scale;
}

function drawEntity({ ctx, id, x, y }) {
  const entity = entities[id];
  const size = radius(entity);
  return {
    nodeDimensions: { width: 2 * size, height: 2 * size },
    drawNode() {
      ctx.save();
      ctx.translate(x, y);
      ctx.globalAlpha = focus && !focus.has(id) ? 0.14 : 1;
      ctx.scale(size / 10, size / 10);
      ctx.lineJoin = "round";
      ctx.lineWidth = 26 / size;
      ctx.strokeStyle = colours.ground;
      ctx.stroke(paths[entity.type]);
      ctx.fillStyle = colourOf(entity.type);
      ctx.fill(paths[entity.type], "evenodd");
      if (id === chosen.entity || id === hovered.entity) {
        ctx.lineWidth = 20 / size / network.getScale() ** 0.5;
        ctx.strokeStyle = colours.accent;
        ctx.beginPath();
        ctx.arc(0, 0, 14.5, 0, 2 * Math.PI);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}

/** How a link looks: by the firmest of its statements that pass, fainter when it is out of focus. */
function edgeItem(link) {
  const statements = passing(link);
  const affirmed = statements.filter(statement => !statement.negated);
  const firmest = Math.max(...(affirmed.length ? affirmed : statements).map(s => context.statuses.indexOf(s.status)));
  const quotes = statements.reduce((sum, statement) => sum + statement.evidence.length, 0);
  const inFocus = isInFocus(link);
  const base = affirmed.length ? colours.line : colours.denied;
  const item = {
    id: link.id,
    from: link.from,
    to: link.to,
    dashes: DASHES[context.statuses[firmest]] || false,
    width: Math.min(4, 1 + 0.5 * Math.log2(Math.max(1, quotes))),
    arrows: isSymmetric(link) ? "" : "to",
    color: { color: inFocus && focus ? colours.accent : base, opacity: inFocus ? (focus ? 0.9 : 0.65) : 0.1 },
  };
  if (link.from === link.to) item.selfReference = { size: 20 + 8 * link.bend, angle: Math.PI / 4 + link.bend * 1.1 };
  else item.smooth = link.bend
    ? { enabled: true, type: link.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(link.bend) }
    : { enabled: false };
  return item;
}

function isInFocus(link) {
  if (chosen.link) return link === chosen.link;
  if (chosen.entity !== null) return link.from === chosen.entity || link.to === chosen.entity;
  return true;
}

function updateFocus() {
  if (chosen.link) focus = new Set([chosen.link.from, chosen.link.to]);
  else if (chosen.entity !== null) {
    const near = entities[chosen.entity].links_.filter(passes).map(link => otherEnd(link, chosen.entity));
    focus = new Set([chosen.entity, ...near]);
  } else focus = null;
}

/** Bring the map to what is chosen, touching only what differs. */
function updateMap() {
  onMap = visible();
  updateFocus();
  const numbers = new Set(onMap.links.map(link => link.id));
  edgeItems.remove(edgeItems.getIds().filter(id => !numbers.has(id)));
  nodeItems.remove(nodeItems.getIds().filter(id => !onMap.ids.has(id)));
  placeAll();
  nodeItems.update([...onMap.ids].map(id => ({ id, ...places.get(id) })));
  const items = onMap.links.map(edgeItem).filter(differs);
  if (items.length) edgeItems.update(items);
}

function differs(item) {
  const known = edgeItems.get(item.id);
  return !known || JSON.stringify({ ...known, ...item }) !== JSON.stringify(known);
}

const turned = ([x, y]) => (isUpright ? { x: (y * ROOM.x) / ROOM.y, y: (x * ROOM.y) / ROOM.x } : { x, y });

/** A place for each entity on the map that has none: of its stage, else near a neighbour, else in rows below. */
function placeAll() {
  const amount = context.stages[chosen.stage];
  for (const id of onMap.ids) {
    const { at, links_ } = entities[id];
    if (!places.has(id) && id < amount && links_.length) places.set(id, turned(at[at.length - context.stages.length + chosen.stage]));
  }
  const waiting = [...onMap.ids].filter(id => !places.has(id));
  for (const id of waiting.filter(id => entities[id].links_.length)) placeNear(id);
  placeInRows(waiting.filter(id => !entities[id].links_.length));
}

/** On a spiral around the first neighbour that has a place, the first spot that is free. */
function placeNear(id) {
  const neighbour = entities[id].links_.map(link => otherEnd(link, id)).find(end => onMap.ids.has(end) && places.has(end));
  const centre = neighbour === undefined ? { x: 0, y: 0 } : places.get(neighbour);
  const taken = [...onMap.ids].filter(other => places.has(other)).map(other => places.get(other));
  const isFree = spot => taken.every(other => Math.hypot((spot.x - other.x) / ROOM.x, (spot.y - other.y) / ROOM.y) > 0.95);
  for (let turn = 0; ; turn++) {
    const reach = 1.2 + 0.05 * turn;
    const spot = { x: centre.x + reach * ROOM.x * Math.cos(turn * 2.4), y: centre.y + reach * ROOM.y * Math.sin(turn * 2.4) };
    if (turn > 2000 || isFree(spot)) return places.set(id, spot);
  }
}

function placeInRows(ids) {
  const taken = [...onMap.ids].filter(id => places.has(id)).map(id => places.get(id));
  const left = Math.min(0, ...taken.map(spot => spot.x));
  const width = Math.max(6 * ROOM.x, ...taken.map(spot => spot.x - left));
  const top = taken.length ? Math.max(...taken.map(spot => spot.y)) + 2 * ROOM.y : 0;
  const columns = Math.max(1, Math.floor(width / (1.5 * ROOM.x)));
  ids.forEach((id, i) => places.set(id, { x: left + (i % columns) * 1.5 * ROOM.x, y: top + Math.floor(i / columns) * ROOM.y }));
}

function fitMap() {
  if (!onMap.ids.size) return;
  network.fit({ maxZoomLevel: 1.25, animation: false });
  network.moveTo({ scale: network.getScale() * 0.92 });
}

/** Move the map only if the entities of interest are not in sight. */
function bringIntoSight(ids) {
  const margin = 60;
  const inSight = ids.map(id => network.canvasToDOM(network.getPosition(id))).every(({ x, y }) =>
    x > margin && y > margin && x < canvas.clientWidth - margin && y < canvas.clientHeight - margin);
  if (inSight && network.getScale() > 0.4) return;
  if (ids.length === 1) network.focus(ids[0], { scale: Math.max(0.8, network.getScale()), animation: false });
  else network.fit({ nodes: ids, maxZoomLevel: 1, animation: false });
}

function updateColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "ink", "soft", "line", "accent", "denied"]) colours[name] = style.getPropertyValue("--" + name).trim();
}

network.on("click", ({ pointer }) => {
  network.unselectAll();
  const id = network.getNodeAt(pointer.DOM);
  const edge = id === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
  if (id !== undefined) readEntity(id);
  else if (edge !== undefined) readLink(links[edge]);
  else readNothing();
});
network.on("doubleClick", ({ pointer }) => {
  const id = network.getNodeAt(pointer.DOM);
  if (id !== undefined) expand(id);
});
network.on("hoverNode", ({ node }) => { hovered.entity = node; canvas.style.cursor = "pointer"; network.redraw(); });
network.on("blurNode", () => { hovered.entity = null; canvas.style.cursor = ""; network.redraw(); });
network.on("hoverEdge", ({ edge }) => { hovered.link = links[edge]; canvas.style.cursor = "pointer"; network.redraw(); });
network.on("blurEdge", () => { hovered.link = null; canvas.style.cursor = ""; network.redraw(); });
network.on("dragEnd", ({ nodes }) => nodes.forEach(id => places.set(id, network.getPosition(id))));

whenChanged(what => {
  if (what === "stage") places.clear();
  updateMap();
  if (what === "stage") fitMap();
  if (what === "reading") {
    if (chosen.link) bringIntoSight(present([chosen.link.from, chosen.link.to]));
    else if (chosen.entity !== null) bringIntoSight([chosen.entity]);
  }
  network.redraw();
});
