// Names on the map, drawn over it at one size whatever the zoom; a name without room is left out.

const FONT = getComputedStyle(document.body).fontFamily;
const LINE_HEIGHT = 1.22;
const MOST_NAMES = 160;
const WEIGHTY = 12;
const isWide = character => character.codePointAt(0) > 0x2e7f;

/** A text in lines of about `most` Latin letters (a Chinese one counts two), at most three. */
function wrapped(text, most = 22) {
  const lines = [""];
  let width = 0;
  for (const part of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) || []) {
    const size = [...part.trimEnd()].reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0);
    if (width && width + size > most) { lines.push(""); width = 0; }
    lines[lines.length - 1] += part;
    width += size + (part.length - part.trimEnd().length);
  }
  const trimmed = lines.map(line => (line.length > 2 * most ? line.slice(0, 2 * most - 1) + "…" : line).trim());
  return trimmed.length > 3 ? [...trimmed.slice(0, 2), trimmed[2].replace(/.?$/u, "…")] : trimmed;
}

/** Rectangles that must stay free of each other, found by the cell of a grid they touch. */
class Space {
  constructor() { this.cells = new Map(); }
  *around([left, top, right, bottom]) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x++)
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y++) yield x * 4096 + y;
  }
  take(box, owner) {
    const taken = [box, owner];
    for (const cell of this.around(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(taken);
    }
  }
  /** How many taken boxes of others this one would cover. */
  crowding(box, owner) {
    const covered = new Set(); // a box may lie in several cells
    for (const cell of this.around(box))
      for (const taken of this.cells.get(cell) || []) {
        const [other, whose] = taken;
        if (whose !== owner && box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) covered.add(taken);
      }
    return covered.size;
  }
  isFree(box, owner) { return this.crowding(box, owner) === 0; }
}

const measured = new Map();
function widthOf(ctx, font, line) {
  const key = font + line;
  if (!measured.has(key)) {
    ctx.font = font;
    measured.set(key, ctx.measureText(line).width);
  }
  return measured.get(key);
}

function write(ctx, { lines, font, size, x, y, colour }) {
  ctx.font = font;
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colours.ground;
  ctx.fillStyle = colour;
  lines.forEach((line, i) => {
    ctx.strokeText(line, x, y + i * size * LINE_HEIGHT);
    ctx.fillText(line, x, y + i * size * LINE_HEIGHT);
  });
}

/** Where a name of this size may stand around a shape: below, above, to the right, to the left. */
function spots({ x, y }, shape, width, height) {
  return [
    [x, y + shape + 3],
    [x, y - shape - 3 - height],
    [x + shape + 5 + width / 2, y - height / 2],
    [x - shape - 5 - width / 2, y - height / 2],
  ];
}

/** `space` holds shapes and names, `names` names alone: a weighty entity's may cover the shape of a lesser one. */
function writeEntity(ctx, { space, names }, entity, { x, y }, mustStand) {
  const isChosen = entity.id === chosen.entity;
  const size = isChosen ? 13.5 : 12;
  const font = `${isChosen || entity.id < WEIGHTY ? 600 : 400} ${size}px ${FONT}`;
  const lines = wrapped(nameOf(entity));
  const width = Math.max(...lines.map(line => widthOf(ctx, font, line)));
  const height = lines.length * size * LINE_HEIGHT;
  const boxes = spots({ x, y }, radius(entity) * network.getScale(), width, height).map(([cx, top]) =>
    [cx - width / 2 - 2, top - 1, cx + width / 2 + 2, top + height]);
  const isWhole = ([left, top, right, bottom]) => left >= 0 && top >= 0 && right <= canvas.clientWidth && bottom <= canvas.clientHeight;
  const whole = boxes.filter(isWhole);
  const crowding = box => space.crowding(box, entity.id);
  const box = whole.find(candidate => crowding(candidate) === 0)
    || (entity.id < WEIGHTY && whole.filter(candidate => names.isFree(candidate, entity.id)).sort((a, b) => crowding(a) - crowding(b))[0])
    || (mustStand ? whole[0] || boxes[0] : null);
  if (!box) return false;
  space.take(box, entity.id);
  names.take(box, entity.id);
  write(ctx, { lines, font, size, x: (box[0] + box[2]) / 2, y: box[1] + 1, colour: colours.ink });
  return true;
}

function writeLink(ctx, space, link, mustStand) {
  const drawn = network.body.edges[link.id];
  if (!drawn || !drawn.connected) return;
  const middle = network.canvasToDOM(drawn.edgeType.getPoint(0.5));
  const statements = passing(link);
  const denied = statements.some(statement => statement.negated);
  const allDenied = statements.every(statement => statement.negated);
  const text = (allDenied ? say("not") + " " : "") + predicateName(link.predicate);
  const font = `400 11px ${FONT}`;
  const width = widthOf(ctx, font, text) + (denied ? 14 : 0);
  const box = [middle.x - width / 2 - 2, middle.y - 7, middle.x + width / 2 + 2, middle.y + 7];
  const isFree = space.isFree(box, null);
  if (denied && !isFree && !mustStand) return cross(ctx, middle.x, middle.y);
  if (!isFree && !mustStand) return;
  space.take(box, "link" + link.id);
  if (denied) cross(ctx, box[0] + 7, middle.y);
  const colour = allDenied ? colours.denied : mustStand ? colours.accent : colours.soft;
  write(ctx, { lines: [text], font, size: 11, x: middle.x + (denied ? 7 : 0), y: middle.y - 6, colour });
}

/** The mark of a negated statement. */
function cross(ctx, x, y) {
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.denied;
  ctx.beginPath();
  ctx.moveTo(x - 3.5, y - 3.5); ctx.lineTo(x + 3.5, y + 3.5);
  ctx.moveTo(x + 3.5, y - 3.5); ctx.lineTo(x - 3.5, y + 3.5);
  ctx.stroke();
}

network.on("afterDrawing", ctx => {
  const scale = ctx.canvas.width / canvas.clientWidth;
  ctx.save();
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  const space = new Space();
  const names = new Space();
  const frame = canvas.getBoundingClientRect();
  for (const control of document.querySelectorAll(".foot > *")) {
    const { left, top, right, bottom } = control.getBoundingClientRect();
    [space, names].forEach(taken => taken.take([left - frame.left, top - frame.top, right - frame.left, bottom - frame.top], "control"));
  }
  const inSight = [];
  for (const id of onMap.ids) {
    const spot = network.canvasToDOM(network.getPosition(id));
    if (spot.x < -80 || spot.y < -40 || spot.x > canvas.clientWidth + 80 || spot.y > canvas.clientHeight + 40) continue;
    const size = radius(entities[id]) * network.getScale();
    if (!focus || focus.has(id)) space.take([spot.x - size, spot.y - size, spot.x + size, spot.y + size], id);
    inSight.push([entities[id], spot]);
  }
  const mustStand = entity => entity.id === chosen.entity || entity.id === hovered.entity
    || Boolean(chosen.link && focus.has(entity.id));
  inSight.sort(([a], [b]) => mustStand(b) - mustStand(a) || a.id - b.id);
  let written = 0;
  for (const [entity, spot] of inSight) {
    if (written >= MOST_NAMES) break;
    if (!focus || focus.has(entity.id) || entity.id === hovered.entity) written += writeEntity(ctx, { space, names }, entity, spot, mustStand(entity));
  }
  const reading = link => link === hovered.link || link === chosen.link;
  const inFocus = onMap.links.filter(link => reading(link) || isInFocus(link)).sort((a, b) => reading(b) - reading(a));
  if (focus || network.getScale() > 0.5 || inFocus.length < 60) inFocus.slice(0, 400).forEach(link => writeLink(ctx, space, link, reading(link)));
  else inFocus.filter(reading).forEach(link => writeLink(ctx, space, link, true));
  ctx.restore();
});
