// The map: vis-network draws lines and shapes where the page was told to put them; nothing moves by itself.

const canvas = byId("canvas");
const colours = {};
const GAP = 64; // the least distance of two entities in the positions that the page came with
const MARGIN = { side: 72, top: 40, foot: 76 }; // for the names at the rim and the buttons at the foot
const inner = () => ({ width: canvas.clientWidth - 2 * MARGIN.side, height: canvas.clientHeight - MARGIN.top - MARGIN.foot });

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

/** Lines keep about their weight on the screen: in steps, because each step redraws them all. */
const stepOf = scale => 1.5 ** Math.round(Math.log(Math.min(1, scale)) / Math.log(1.5));
let lineScale = 1;

function updateLines() {
  const scale = stepOf(network.getScale());
  if (scale === lineScale || onMap.links.length > 1500) return;
  lineScale = scale;
  edgeItems.update(onMap.links.map(edgeItem));
}

/** How a link looks: by the firmest of its statements that pass, fainter when it is out of focus. */
function edgeItem(link) {
  const statements = passing(link);
  const affirmed = statements.filter(statement => !statement.negated);
  const firmest = Math.max(...(affirmed.length ? affirmed : statements).map(s => context.statuses.indexOf(s.status)));
  const quotes = statements.reduce((sum, statement) => sum + statement.evidence.length, 0);
  const dashes = DASHES[context.statuses[firmest]];
  const inFocus = isInFocus(link);
  const base = affirmed.length ? colours.line : colours.denied;
  const item = {
    id: link.id,
    from: link.from,
    to: link.to,
    dashes: dashes ? dashes.map(length => length / lineScale) : false,
    width: Math.min(3, 1.1 + 0.35 * Math.log2(Math.max(1, quotes))) / lineScale,
    arrows: isSymmetric(link) ? "" : "to",
    color: { color: inFocus && focus ? colours.accent : base, opacity: inFocus ? (focus ? 0.9 : 0.75) : 0.12 },
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

let stretch = { x: 1, y: 1 };

/** How far to draw positions apart, across or down, so that they fill a window of this shape. */
function stretchOf(spots) {
  const extent = axis => Math.max(...spots.map(spot => spot[axis])) - Math.min(...spots.map(spot => spot[axis])) || 1;
  const across = inner().width / extent(0);
  const down = inner().height / extent(1);
  const least = Math.min(across, down);
  return { x: Math.min(3, across / least), y: Math.min(3, down / least) };
}

/** A place for each entity on the map that has none: of its stage, else near a neighbour, else in rows below. */
function placeAll() {
  const amount = context.stages[chosen.stage];
  const given = ({ at }) => at[chosen.stage - (context.stages.length - at.length)];
  if (!places.size && amount) stretch = stretchOf(entities.slice(0, amount).map(given));
  for (const id of onMap.ids) {
    if (places.has(id) || id >= amount) continue;
    const [x, y] = given(entities[id]);
    places.set(id, { x: x * stretch.x, y: y * stretch.y });
  }
  const waiting = [...onMap.ids].filter(id => !places.has(id));
  for (const id of waiting.filter(id => entities[id].links_.length)) placeNear(id);
  placeInRows(waiting.filter(id => !entities[id].links_.length));
}

/** On a spiral around the first neighbour that has a place, the first spot that is free. */
function placeNear(id) {
  const neighbour = entities[id].links_.map(link => otherEnd(link, id)).find(end => onMap.ids.has(end) && places.has(end));
  const centre = neighbour === undefined ? { x: 0, y: 0 } : places.get(neighbour);
  const [width, height] = [GAP * stretch.x, GAP * stretch.y];
  const taken = [...onMap.ids].filter(other => places.has(other)).map(other => places.get(other));
  const isFree = spot => taken.every(other => Math.hypot((spot.x - other.x) / width, (spot.y - other.y) / height) > 0.95);
  for (let turn = 0; ; turn++) {
    const reach = 1.2 + 0.05 * turn;
    const spot = { x: centre.x + reach * width * Math.cos(turn * 2.4), y: centre.y + reach * height * Math.sin(turn * 2.4) };
    if (turn > 2000 || isFree(spot)) return places.set(id, spot);
  }
}

function placeInRows(ids) {
  if (!ids.length) return;
  const [width, height] = [2 * GAP * stretch.x, GAP * stretch.y];
  const taken = [...onMap.ids].filter(id => places.has(id)).map(id => places.get(id));
  const left = taken.length ? Math.min(...taken.map(spot => spot.x)) : 0;
  const right = taken.length ? Math.max(...taken.map(spot => spot.x)) : width * Math.sqrt(ids.length / 2);
  const top = taken.length ? Math.max(...taken.map(spot => spot.y)) + 2 * height : 0;
  const columns = Math.max(2, Math.floor((right - left) / width) + 1);
  ids.forEach((id, i) => places.set(id, { x: left + (i % columns) * width, y: top + Math.floor(i / columns) * height }));
}

/** Show all of these entities with their names, no nearer than `most`. */
function fit(ids, most) {
  const spots = ids.map(id => places.get(id));
  const [left, right] = [Math.min(...spots.map(spot => spot.x)), Math.max(...spots.map(spot => spot.x))];
  const [top, bottom] = [Math.min(...spots.map(spot => spot.y)), Math.max(...spots.map(spot => spot.y))];
  const scale = Math.max(0.02, Math.min(most, inner().width / (right - left || 1), inner().height / (bottom - top || 1)));
  const raised = (MARGIN.foot - MARGIN.top) / 2 / scale;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + raised }, scale, animation: false });
  updateLines();
}

function fitMap() {
  if (onMap.ids.size) fit([...onMap.ids], 1.2);
}

/** Move the map only if what is read is not in sight: to all of it where that is readable, else to its centre. */
function bringIntoSight(centre) {
  const inSight = ids => ids.map(id => network.canvasToDOM(places.get(id))).every(({ x, y }) =>
    x > 40 && y > 40 && x < canvas.clientWidth - 40 && y < canvas.clientHeight - 40);
  const all = [...focus].filter(id => onMap.ids.has(id));
  if (inSight(centre) && (network.getScale() > 0.75 || inSight(all)) && network.getScale() > 0.3) return;
  fit(all, 1);
  if (network.getScale() < 0.35) {
    fit(centre, 0.8);
  }
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
network.on("zoom", updateLines);
network.on("dragEnd", ({ nodes }) => nodes.forEach(id => places.set(id, network.getPosition(id))));

whenChanged(what => {
  if (what === "stage") places.clear();
  updateMap();
  if (what === "stage") fitMap();
  if (what === "reading") {
    if (chosen.link) bringIntoSight([chosen.link.from, chosen.link.to]);
    else if (chosen.entity !== null) bringIntoSight([chosen.entity]);
  }
  network.redraw();
});
