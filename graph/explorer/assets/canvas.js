// The map: vis-network draws lines and shapes where the page was told to put them; nothing moves by itself.

const colours = {};
const nodeItems = new vis.DataSet();
const edgeItems = new vis.DataSet();
const paths = Object.fromEntries(
  Object.entries(context.types).map(([type, look]) => [type, new Path2D(look.path)]),
);

const network = new vis.Network(
  canvas,
  { nodes: nodeItems, edges: edgeItems },
  {
    ...read("options"),
    nodes: { shape: "custom", ctxRenderer: drawEntity, chosen: false },
    edges: {
      chosen: {
        label: false,
        edge: (values, id, selected, hovered) => {
          if (hovered) values.color = colours.accent;
        },
      },
      color: { inherit: false },
      hoverWidth: 0.6,
      selectionWidth: 0,
      arrows: { to: { scaleFactor: 0.45 } },
      arrowStrikethrough: false,
    },
  },
);

// vis-network makes an element within for the keyboard, and would have it come first on the page.
const keyboardTarget = canvas.querySelector(".vis-network");
keyboardTarget.tabIndex = 0;
keyboardTarget.setAttribute("role", "application");

let onMap = { ids: new Set(), links: [] };
let focus = null; // numbers of the entities in focus, or null when none is
let hovered = { entity: null, link: null };

/** The radius in the canvas's units: on the screen it grows and shrinks less than the map does. */
function radius(entity) {
  const scale = network.getScale();
  const least = 0.55 * Math.min(1, Math.max(0.35, Math.sqrt(400 / onMap.ids.size)));
  return (entity.size * Math.min(1.35, Math.max(least, scale))) / scale;
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
let lineTimer;

function updateLines() {
  const scale = stepOf(network.getScale());
  if (scale === lineScale) return;
  lineScale = scale;
  edgeItems.update(onMap.links.map(edgeItem));
}

function updateLinesSoon() {
  clearTimeout(lineTimer);
  lineTimer = setTimeout(updateLines, 120);
}

/** Where many lines cross, each is thinner and fainter. */
const lightness = () => Math.min(1, Math.max(0.35, Math.sqrt(600 / onMap.links.length)));

/** How a link looks: by the firmest of its statements that pass, fainter when it is out of focus. */
function edgeItem(link) {
  const statements = passing(link);
  const affirmed = statements.filter(statement => !statement.negated);
  const firmest = Math.max(
    ...(affirmed.length ? affirmed : statements).map(s => context.statuses.indexOf(s.status)),
  );
  const quotes = statements.reduce((sum, statement) => sum + statement.evidence.length, 0);
  const dashes = DASHES[context.statuses[firmest]];
  const inFocus = isInFocus(link);
  const weight = inFocus && focus ? 1 : lightness();
  const base = affirmed.length ? colours.line : colours.denied;
  const item = {
    id: link.id,
    from: link.from,
    to: link.to,
    dashes: dashes ? dashes.map(length => length / lineScale) : false,
    width: (Math.min(3, 1.1 + 0.35 * Math.log2(Math.max(1, quotes))) * weight) / lineScale,
    arrows: isSymmetric(link) ? "" : "to",
    color: {
      color: inFocus && focus ? colours.accent : base,
      opacity: inFocus ? (focus ? 0.9 : 0.75 * lightness()) : 0.12 * lightness(),
    },
  };
  if (link.from === link.to)
    item.selfReference = { size: 20 + 8 * link.bend, angle: Math.PI / 4 + link.bend * 1.1 };
  else
    item.smooth = link.bend
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
  placeAll(onMap.ids);
  nodeItems.update([...onMap.ids].map(id => ({ id, ...places.get(id) })));
  const items = onMap.links.map(edgeItem).filter(differs);
  if (items.length) edgeItems.update(items);
}

function differs(item) {
  const known = edgeItems.get(item.id);
  return !known || JSON.stringify({ ...known, ...item }) !== JSON.stringify(known);
}

/** Show all of these entities with their names, no nearer than `most`. */
function fit(ids, most) {
  const spots = ids.map(id => places.get(id));
  const [left, right] = [Math.min(...spots.map(spot => spot.x)), Math.max(...spots.map(spot => spot.x))];
  const [top, bottom] = [Math.min(...spots.map(spot => spot.y)), Math.max(...spots.map(spot => spot.y))];
  const scale = Math.max(
    0.02,
    Math.min(most, inner().width / (right - left || 1), inner().height / (bottom - top || 1)),
  );
  const raised = (MARGIN.foot - MARGIN.top) / 2 / scale;
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 + raised },
    scale,
    animation: false,
  });
  updateLines();
}

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: false });
  updateLinesSoon();
}

function fitMap() {
  if (onMap.ids.size) fit([...onMap.ids], 1.2);
}

/**
 * Move the map only if what is read is not in sight, to all of it where that is readable, else to its centre.
 * To be called once the panel has taken its room.
 */
function bringIntoSight() {
  if (!focus) return;
  network.setSize("100%", "100%");
  const centre = chosen.link ? [chosen.link.from, chosen.link.to] : [chosen.entity];
  const inSight = ids =>
    ids
      .map(id => network.canvasToDOM(places.get(id)))
      .every(({ x, y }) => x > 40 && y > 40 && x < canvas.clientWidth - 40 && y < canvas.clientHeight - 40);
  const all = [...focus].filter(id => onMap.ids.has(id));
  if (inSight(centre) && (network.getScale() > 0.75 || inSight(all)) && network.getScale() > 0.3) return;
  fit(all, 1);
  if (network.getScale() < 0.35) {
    fit(centre, 0.8);
  }
}

function updateColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "ink", "soft", "line", "accent", "denied"])
    colours[name] = style.getPropertyValue("--" + name).trim();
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
network.on("hoverNode", ({ node }) => {
  hovered.entity = node;
  canvas.style.cursor = "pointer";
  network.redraw();
});
network.on("blurNode", () => {
  hovered.entity = null;
  canvas.style.cursor = "";
  network.redraw();
});
network.on("hoverEdge", ({ edge }) => {
  hovered.link = links[edge];
  canvas.style.cursor = "pointer";
  network.redraw();
});
network.on("blurEdge", () => {
  hovered.link = null;
  canvas.style.cursor = "";
  network.redraw();
});
network.on("zoom", updateLinesSoon);
network.on("dragEnd", ({ nodes }) => nodes.forEach(id => places.set(id, network.getPosition(id))));

whenChanged(what => {
  if (what === "stage") places.clear();
  updateMap();
  if (what === "stage") fitMap();
  network.redraw();
});
