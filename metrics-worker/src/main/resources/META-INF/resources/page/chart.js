/** Line charts as SVG, each with a title, a description, a legend and its numbers as a table. */
import { el, svg, table } from './dom.js';
import { number } from './format.js';

const HEIGHT = 280;
const MARGIN = { top: 14, right: 14, bottom: 46, left: 58 };
const ROWS = 24;

/** Colour alone tells nobody apart in grey print: each series has a line style of its own. */
const DASHES = [null, '9 5', '2 4', '12 4 2 4', '5 3', '1 3'];

/** How wide each chart was last, so that the next one in its place is drawn at once and nothing flickers. */
const widths = new Map();

/**
 * @param id distinct on the page
 * @param title what is shown
 * @param description what it says, for those who do not see it
 * @param x {label, min, max, format} abscissa; min and max are taken from the points when missing
 * @param y the same for the ordinate; log: true for a logarithmic one
 * @param series [{name, points: [{x, y, lower, upper}]}] a band is drawn where points have lower and upper
 * @param diagonal a line of chance from (0,0) to (1,1)
 * @param rows {head, rows} the table; otherwise made of the points
 */
export function lineChart({ id, title, description, x, y, series, diagonal, rows }) {
  const plot = el('div', { class: 'plot' });
  const draw = (width) => plot.replaceChildren(drawn({ id, title, description, x, y, series, diagonal, width }));
  let width = widths.get(id) ?? 0;
  if (width > 0) {
    draw(width);
  }
  new ResizeObserver(([entry]) => {
    const now = Math.round(entry.contentRect.width);
    if (now !== width && now > 0) {
      width = now;
      widths.set(id, now);
      draw(now);
    }
  }).observe(plot);
  const content = rows ?? pointRows(x, series);
  return el('figure', { class: 'chart' },
    el('figcaption', {}, title),
    plot,
    series.length > 1 || series[0]?.legend ? legend(series) : null,
    el('details', { id: `${id}-numbers` },
      el('summary', {}, 'As a table'),
      table(`${id}-table`, title, content.head, content.rows, { hiddenCaption: true })));
}

function drawn({ id, title, description, x, y, series, diagonal, width }) {
  const across = scale(x, series.flatMap(({ points }) => points.map((point) => point.x)), MARGIN.left, width - MARGIN.right);
  const ordinates = series.flatMap(({ points }) => points.flatMap((point) => [point.y, point.lower, point.upper]));
  const up = scale(y, ordinates, HEIGHT - MARGIN.bottom, MARGIN.top);
  return svg('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-labelledby': `${id}-title ${id}-text`,
  },
  svg('title', { id: `${id}-title` }, title),
  svg('desc', { id: `${id}-text` }, description),
  up.ticks(5).map((tick) => horizontal(tick, up(tick), width, y.format ?? tickText)),
  across.ticks(Math.max(3, Math.floor(width / 100))).map((tick) => vertical(tick, across(tick), width, x.format ?? tickText)),
  svg('text', { class: 'axis', x: (MARGIN.left + width - MARGIN.right) / 2, y: HEIGHT - 6, 'text-anchor': 'middle' }, x.label),
  svg('text', { class: 'axis', transform: `translate(14 ${(HEIGHT - MARGIN.bottom + MARGIN.top) / 2}) rotate(-90)`, 'text-anchor': 'middle' }, y.label),
  diagonal ? svg('line', { class: 'chance', x1: across(0), y1: up(0), x2: across(1), y2: up(1) }) : null,
  series.map((one, index) => band(one, index, across, up)),
  series.map((one, index) => line(one, index, across, up)));
}

function horizontal(tick, at, width, format) {
  return svg('g', {},
    svg('line', { class: 'grid', x1: MARGIN.left, x2: width - MARGIN.right, y1: at, y2: at }),
    svg('text', { class: 'tick', x: MARGIN.left - 8, y: at + 4, 'text-anchor': 'end' }, format(tick)));
}

/** The label of a line near the right edge ends there, or it would be cut off. */
function vertical(tick, at, width, format) {
  const text = format(tick);
  const anchor = at + 4 * text.length > width ? 'end' : 'middle';
  return svg('g', {},
    svg('line', { class: 'grid', x1: at, x2: at, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom }),
    svg('text', { class: 'tick', x: anchor === 'end' ? width : at, y: HEIGHT - MARGIN.bottom + 17, 'text-anchor': anchor }, text));
}

function band({ points }, index, across, up) {
  const bounded = points.filter((point) => isNumber(point.lower) && isNumber(point.upper));
  if (bounded.length < 2) {
    return null;
  }
  const upper = bounded.map((point) => `${across(point.x)},${up(point.upper)}`);
  const lower = bounded.map((point) => `${across(point.x)},${up(point.lower)}`).reverse();
  return svg('polygon', { class: `band series-${index % DASHES.length}`, points: [...upper, ...lower].join(' ') });
}

function line({ points }, index, across, up) {
  const known = points.filter((point) => isNumber(point.y));
  const style = `line series-${index % DASHES.length}`;
  const path = known.map((point) => `${across(point.x).toFixed(1)},${up(point.y).toFixed(1)}`).join(' ');
  const few = known.length <= 12;
  return svg('g', { class: style },
    svg('polyline', { points: path, 'stroke-dasharray': DASHES[index % DASHES.length] }),
    few ? known.map((point) => svg('circle', { cx: across(point.x), cy: up(point.y), r: 3 })) : null);
}

function legend(series) {
  return el('ul', { class: 'legend' }, series.map(({ name }, index) => el('li', {},
    svg('svg', { width: 34, height: 12, 'aria-hidden': 'true', class: `line series-${index % DASHES.length}` },
      svg('polyline', { points: '1,6 33,6', 'stroke-dasharray': DASHES[index % DASHES.length] })),
    name)));
}

/** Some of the points, evenly over the course: hundreds of rows tell nobody anything. */
function pointRows(x, series) {
  const abscissae = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b);
  const step = Math.max(1, (abscissae.length - 1) / (ROWS - 1));
  const shown = new Set();
  for (let at = 0; at <= abscissae.length - 1 + 1e-9; at += step) {
    shown.add(abscissae[Math.round(at)]);
  }
  const format = x.format ?? number;
  return {
    head: [x.label, ...series.map(({ name }) => name)],
    rows: [...shown].map((at) => el('tr', {}, el('th', { scope: 'row' }, format(at)),
      series.map(({ points }) => el('td', { class: 'number' }, pointText(points.find((point) => point.x === at)))))),
  };
}

function pointText(point) {
  if (!point || !isNumber(point.y)) {
    return '–';
  }
  return isNumber(point.lower) && isNumber(point.upper)
    ? `${number(point.y)} (${number(point.lower)} to ${number(point.upper)})`
    : number(point.y);
}

/** A function from values to pixels, with the ticks of its axis. */
function scale(axis, values, from, to) {
  const known = values.filter((value) => isNumber(value) && (!axis.log || value > 0));
  let least = axis.min ?? Math.min(...known);
  let most = axis.max ?? Math.max(...known);
  if (!isNumber(least) || !isNumber(most)) {
    [least, most] = axis.log ? [0.1, 1] : [0, 1];
  }
  if (axis.log) {
    return logarithmic(least, most, from, to);
  }
  if (least === most) {
    [least, most] = axis.time ? [least - 1000, most + 1000] : [least - Math.abs(least || 1) / 10, most + Math.abs(most || 1) / 10];
  }
  const at = (value) => from + ((value - least) / (most - least)) * (to - from);
  at.ticks = (wanted) => evenTicks(least, most, wanted, axis.time);
  return at;
}

function logarithmic(least, most, from, to) {
  const low = Math.log10(least) - 0.03;
  const high = Math.log10(most) + 0.03;
  const at = (value) => from + ((Math.log10(Math.max(value, least)) - low) / (high - low)) * (to - from);
  at.ticks = () => {
    const steps = high - low > 2.5 ? [1] : high - low > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 8];
    const ticks = [];
    for (let decade = Math.floor(low); decade <= high; decade++) {
      ticks.push(...steps.map((step) => step * 10 ** decade));
    }
    return ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  };
  return at;
}

function evenTicks(least, most, wanted, time) {
  const raw = (most - least) / Math.max(1, wanted);
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = time ? timeStep(raw) : [1, 2, 2.5, 5, 10].find((one) => one * size >= 0.75 * raw) * size;
  const ticks = [];
  for (let tick = Math.ceil(least / step - 1e-9) * step; tick <= most + step * 1e-9; tick += step) {
    ticks.push(tick);
  }
  return ticks;
}

function timeStep(raw) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400].map((s) => s * 1000);
  return steps.find((step) => step >= raw) ?? Math.ceil(raw / 86400000) * 86400000;
}

function tickText(value) {
  const size = Math.abs(value);
  return size !== 0 && size < 0.001 ? value.toExponential(0) : String(Number(value.toPrecision(4)));
}

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}
