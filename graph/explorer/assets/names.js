// Names on the map, drawn over it at one size whatever the zoom; a name without room is left out.

const FONT = getComputedStyle(document.body).fontFamily;
const LINE_HEIGHT = 1.22;
const MOST_NAMES = 160;
const WEIGHTY = 12;
const isWide = character => character.codePointAt(0) > 0x2e7f;

const segmenter = Intl.Segmenter ? new Intl.Segmenter("zh", { granularity: "word" }) : null;

/** A text in the pieces between which a line may break: no Chinese word is cut, no mark begins or ends a line. */
function pieces(text) {
  if (!segmenter || !/\p{Script=Han}/u.test(text))
    return text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) || [];
  const found = [];
  let isOpen = false;
  for (const { segment } of segmenter.segment(text)) {
    if (found.length && (isOpen || /^[\p{Pe}\p{Pf}，。、；：？！…]/u.test(segment))) found[found.length - 1] += segment;
    else found.push(segment);
    isOpen = /[\p{Ps}\p{Pi}]$/u.test(segment);
  }
  return found;
}

/** A text in lines of about `most` Latin letters (a Chinese one counts two), at most three. */
function wrapped(text, most = 22) {
  const lines = [""];
  let width = 0;
  for (const part of pieces(text)) {
    const size = [...part.trimEnd()].reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0);
    if (width && width + size > most) {
      lines.push("");
      width = 0;
    }
    lines[lines.length - 1] += part;
    width += size + (part.length - part.trimEnd().length);
  }
  const trimmed = lines.map(line =>
    (line.length > 2 * most ? line.slice(0, 2 * most - 1) + "…" : line).trim(),
  );
  return trimmed.length > 3 ? [...trimmed.slice(0, 2), trimmed[2].replace(/.?$/u, "…")] : trimmed;
}

const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

/** Rectangles that must stay free of each other, found by the cell of a grid they touch. */
class Space {
  constructor() {
    this.cells = new Map();
  }
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
        if (whose !== owner && overlap(box, other)) covered.add(taken);
      }
    return covered.size;
  }
  isFree(box, owner) {
    return this.crowding(box, owner) === 0;
  }
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

/**
 * Where a name stands: the first box that is free; for a weighty entity else the one that covers least of lesser
 * ones' shapes, never of names; for one that must stand else any. `space` holds shapes and names, `names` names.
 */
function boxFor(entity, boxes, { space, names }, mustStand) {
  const isWhole = ([left, top, right, bottom]) =>
    left >= 0 && top >= 0 && right <= canvas.clientWidth && bottom <= canvas.clientHeight;
  const whole = boxes.filter(isWhole);
  const crowding = new Map(whole.map(box => [box, space.crowding(box, entity.id)]));
  const nameless = whole.filter(box => names.isFree(box, entity.id));
  const least = nameless.sort((a, b) => crowding.get(a) - crowding.get(b))[0];
  if (least && (crowding.get(least) === 0 || entity.id < WEIGHTY)) return least;
  return mustStand ? whole[0] || boxes[0] : null;
}

function writeEntity(ctx, taken, entity, spot, mustStand) {
  const isChosen = entity.id === chosen.entity;
  const size = isChosen ? 13.5 : 12;
  const font = `${isChosen || entity.id < WEIGHTY ? 600 : 400} ${size}px ${FONT}`;
  const lines = wrapped(nameOf(entity));
  const width = Math.max(...lines.map(line => widthOf(ctx, font, line)));
  const height = lines.length * size * LINE_HEIGHT;
  const boxAt = ([x, top]) => [x - width / 2 - 2, top - 1, x + width / 2 + 2, top + height];
  const boxes = spots(spot, radius(entity) * network.getScale(), width, height).map(boxAt);
  const box = boxFor(entity, boxes, taken, mustStand);
  if (!box) return false;
  taken.space.take(box, entity.id);
  taken.names.take(box, entity.id);
  write(ctx, { lines, font, size, x: (box[0] + box[2]) / 2, y: box[1] + 1, colour: colours.ink });
  return true;
}

/** The predicate on its line: in the middle or, where that is taken, nearer one end. */
function writeLink(ctx, space, link, mustStand) {
  const drawn = network.body.edges[link.id];
  if (!drawn || !drawn.connected) return;
  const statements = passing(link);
  const denied = statements.some(statement => statement.negated);
  const allDenied = statements.every(statement => statement.negated);
  const text = (allDenied ? say("not") + " " : "") + predicateName(link.predicate);
  const font = `400 11px ${FONT}`;
  const width = widthOf(ctx, font, text) + (denied ? 14 : 0);
  const spots = [0.5, 0.4, 0.6, 0.3, 0.7].map(part => network.canvasToDOM(drawn.edgeType.getPoint(part)));
  const boxAt = ({ x, y }) => [x - width / 2 - 2, y - 7, x + width / 2 + 2, y + 7];
  const spot = spots.find(candidate => space.isFree(boxAt(candidate), null)) || (mustStand ? spots[0] : null);
  if (!spot) {
    if (denied) cross(ctx, spots[0].x, spots[0].y);
    return;
  }
  space.take(boxAt(spot), "link" + link.id);
  if (denied) cross(ctx, spot.x - width / 2 + 5, spot.y);
  const colour = allDenied ? colours.denied : mustStand ? colours.accent : colours.soft;
  write(ctx, { lines: [text], font, size: 11, x: spot.x + (denied ? 7 : 0), y: spot.y - 6, colour });
}

/** The mark of a negated statement. */
function cross(ctx, x, y) {
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.denied;
  ctx.beginPath();
  ctx.moveTo(x - 3.5, y - 3.5);
  ctx.lineTo(x + 3.5, y + 3.5);
  ctx.moveTo(x + 3.5, y - 3.5);
  ctx.lineTo(x - 3.5, y + 3.5);
  ctx.stroke();
}

/** What names must not cover: the buttons at the foot, and the shapes that are in sight and in focus. */
function takenSpace(inSight) {
  const space = new Space();
  const names = new Space();
  const frame = canvas.getBoundingClientRect();
  for (const control of document.querySelectorAll(".foot > *")) {
    const { left, top, right, bottom } = control.getBoundingClientRect();
    const box = [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top];
    [space, names].forEach(taken => taken.take(box, "control"));
  }
  for (const [entity, { x, y }] of inSight) {
    const size = radius(entity) * network.getScale();
    if (!focus || focus.has(entity.id)) space.take([x - size, y - size, x + size, y + size], entity.id);
  }
  return { space, names };
}

function entitiesInSight() {
  const isNear = ({ x, y }) =>
    x > -80 && y > -40 && x < canvas.clientWidth + 80 && y < canvas.clientHeight + 40;
  return [...onMap.ids]
    .map(id => [entities[id], network.canvasToDOM(network.getPosition(id))])
    .filter(([, spot]) => isNear(spot));
}

/** What is read or pointed at first, then by rank, until there are enough. */
function writeEntities(ctx, taken, inSight) {
  const isRead = entity => entity.id === chosen.entity || Boolean(chosen.link && focus.has(entity.id));
  const mustStand = entity => isRead(entity) || entity.id === hovered.entity;
  const wanted = inSight.filter(([entity]) => !focus || focus.has(entity.id) || mustStand(entity));
  wanted.sort(([a], [b]) => mustStand(b) - mustStand(a) || a.id - b.id);
  let written = 0;
  for (const [entity, spot] of wanted) {
    if (written >= MOST_NAMES) break;
    written += writeEntity(ctx, taken, entity, spot, mustStand(entity));
  }
}

function writeLinks(ctx, space) {
  const isRead = link => link === hovered.link || link === chosen.link;
  const wanted = onMap.links
    .filter(link => isRead(link) || isInFocus(link))
    .sort((a, b) => isRead(b) - isRead(a));
  const isReadable = focus || network.getScale() > 0.5 || wanted.length < 60;
  const written = isReadable ? wanted.slice(0, 400) : wanted.filter(isRead);
  written.forEach(link => writeLink(ctx, space, link, isRead(link)));
}

network.on("afterDrawing", ctx => {
  const scale = ctx.canvas.width / canvas.clientWidth;
  ctx.save();
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  const inSight = entitiesInSight();
  const taken = takenSpace(inSight);
  writeEntities(ctx, taken, inSight);
  writeLinks(ctx, taken.space);
  ctx.restore();
});
