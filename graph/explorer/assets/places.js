// Where entities stand: as the page was told, and for what it was not, near a neighbour or in rows at the foot.

const canvas = byId("canvas");
const GAP = 64; // the least distance of two entities in the positions that the page came with
const MARGIN = { side: 72, top: 40, foot: 76 }; // for the names at the rim and the buttons at the foot
const inner = () => ({
  width: canvas.clientWidth - 2 * MARGIN.side,
  height: canvas.clientHeight - MARGIN.top - MARGIN.foot,
});

const places = new Map(); // where a reader or an expansion put an entity, by its number

let stretch = { x: 1, y: 1 };

/** How far to draw positions apart, across or down, so that they fill a window of this shape. */
function stretchOf(spots) {
  const extent = axis =>
    Math.max(...spots.map(spot => spot[axis])) - Math.min(...spots.map(spot => spot[axis])) || 1;
  const across = inner().width / extent(0);
  const down = inner().height / extent(1);
  const least = Math.min(across, down);
  return { x: Math.min(3, across / least), y: Math.min(3, down / least) };
}

/** A place for each entity on the map that has none: of its stage, else near a neighbour, else in rows below. */
function placeAll(ids) {
  const amount = context.stages[chosen.stage];
  const given = ({ at }) => at[chosen.stage - (context.stages.length - at.length)];
  if (!places.size && amount) stretch = stretchOf(entities.slice(0, amount).map(given));
  for (const id of ids) {
    if (places.has(id) || id >= amount) continue;
    const [x, y] = given(entities[id]);
    places.set(id, { x: x * stretch.x, y: y * stretch.y });
  }
  const waiting = [...ids].filter(id => !places.has(id));
  for (const id of waiting.filter(id => entities[id].links_.length)) placeNear(id, ids);
  placeInRows(
    waiting.filter(id => !entities[id].links_.length),
    ids,
  );
}

/** On a spiral around the first neighbour that has a place, the first spot that is free. */
function placeNear(id, ids) {
  const neighbour = entities[id].links_
    .map(link => otherEnd(link, id))
    .find(end => ids.has(end) && places.has(end));
  const centre = neighbour === undefined ? { x: 0, y: 0 } : places.get(neighbour);
  const [width, height] = [GAP * stretch.x, GAP * stretch.y];
  const taken = [...ids].filter(other => places.has(other)).map(other => places.get(other));
  const isFree = spot =>
    taken.every(other => Math.hypot((spot.x - other.x) / width, (spot.y - other.y) / height) > 0.95);
  for (let turn = 0; ; turn++) {
    const reach = 1.6 + 0.05 * turn;
    const spot = {
      x: centre.x + reach * width * Math.cos(turn * 2.4),
      y: centre.y + reach * height * Math.sin(turn * 2.4),
    };
    if (turn > 2000 || isFree(spot)) return places.set(id, spot);
  }
}

function placeInRows(waiting, ids) {
  if (!waiting.length) return;
  const [width, height] = [2 * GAP * stretch.x, GAP * stretch.y];
  const taken = [...ids].filter(id => places.has(id)).map(id => places.get(id));
  const left = taken.length ? Math.min(...taken.map(spot => spot.x)) : 0;
  const right = taken.length ? Math.max(...taken.map(spot => spot.x)) : width * Math.sqrt(waiting.length / 2);
  const top = taken.length ? Math.max(...taken.map(spot => spot.y)) + 2 * height : 0;
  const columns = Math.max(2, Math.floor((right - left) / width) + 1);
  waiting.forEach((id, i) =>
    places.set(id, { x: left + (i % columns) * width, y: top + Math.floor(i / columns) * height }),
  );
}
