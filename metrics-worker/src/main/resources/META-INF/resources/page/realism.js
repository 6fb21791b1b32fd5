/** The numbers of realism of the chosen report, whichever they are: now, by bandwidth, and over time. */
import { el, empty, replaceKeeping, table } from './dom.js';
import { lineChart } from './chart.js';
import { clock, count, estimateCell, figure, number } from './format.js';
import { chosenReport, notes } from './reports.js';

export function renderRealism(container, knowledge) {
  const report = chosenReport(knowledge, ({ realism }) => realism);
  if (!report) {
    replaceKeeping(container, empty('No generated images yet: make some and compare them with real ones by',
      'infra/lensmill generate --count 256 --collection made --reference held-out --wait'));
    return;
  }
  const { realism, history } = report;
  const figures = report.figures.filter(({ group }) => group === 'REALISM');
  replaceKeeping(container,
    el('p', { class: 'note' }, el('strong', {}, [report.collection, ...notes(report)].join(', ')), ` under the model ${report.modelId}: ${count(report.counted)} images`,
      realism.reference ? [' against ', el('strong', {}, realism.reference), ` (${count(realism.referenceCount)} images)`] : ', no reference',
      `, embedding of ${count(realism.embeddingSize)} dimensions.`),
    el('dl', { class: 'figures' }, figures.filter((one) => !one.labels.bandwidth)
      .map((one) => figure(one.title, one.estimate, [verdict(one), one.explanation].filter(Boolean).join(' ')))),
    kernels(figures.filter((one) => one.labels.bandwidth)),
    history.length > 1 ? el('div', { class: 'charts' }, overTime(history, figures)) : el('p', { class: 'note' }, 'The course over time begins with the second report.'));
}

/** Where a perfect generator would not show 0, how far the number is from what it would show. */
function verdict({ estimate, expected }) {
  if (typeof estimate.value !== 'number' || typeof expected?.value !== 'number' || expected.value <= 0) {
    return null;
  }
  return `${(estimate.value / expected.value).toFixed(1)} times what a perfect generator would show.`;
}

/** A row per kernel; a column per metric, and one for the reference where its own number is what to compare with. */
function kernels(figures) {
  if (figures.length === 0) {
    return el('p', { class: 'note' }, 'Mode counts, KID and all else that looks at single images are being worked out, and come with one of the next reports.');
  }
  const metrics = firsts(figures, ({ name }) => name);
  const bandwidths = firsts(figures, ({ labels }) => labels.bandwidth).map(({ labels }) => labels.bandwidth);
  const columns = metrics.flatMap(({ name, title, explanation }) => [
    { name, title, explanation, part: 'estimate' },
    ...(figures.some((one) => one.name === name && comparable(one)) ? [{ name, title: `${title} of the reference`, explanation, part: 'expected' }] : []),
  ]);
  const find = (name, bandwidth) => figures.find((one) => one.name === name && one.labels.bandwidth === bandwidth);
  return el('div', {},
    table('kernels', 'By the bandwidth of the Gaussian kernel', ['Bandwidth σ', ...columns.map(({ title }) => title)],
      bandwidths.map((bandwidth) => el('tr', {},
        el('th', { scope: 'row' }, bandwidth === 'auto' ? auto(figures) : bandwidth),
        columns.map(({ name, part }) => estimateCell(find(name, bandwidth)?.[part]))))),
    el('p', { class: 'note' }, metrics.map(({ title, explanation }) => `${title}: ${explanation}`).join(' ')));
}

/** A column of what is 0 by definition says nothing. */
function comparable({ expected }) {
  return expected && expected.value !== 0;
}

/** The reference decides how wide the kernel is. */
function auto(figures) {
  return `auto, ${number(figures.find(({ labels, bandwidth }) => labels.bandwidth === 'auto' && bandwidth)?.bandwidth)}`;
}

function firsts(figures, key) {
  const seen = new Map();
  figures.forEach((one) => { if (!seen.has(key(one))) seen.set(key(one), one); });
  return [...seen.values()];
}

/** A curve per metric; where the floor of another stands beside it, none of its own. */
function overTime(history, figures) {
  const last = history[history.length - 1];
  return firsts(figures, ({ name }) => name)
    .filter(({ name }) => last.figures[name] && name !== 'fidFloor')
    .map(({ name, title, labels }) => {
      const where = labels.bandwidth ? ` at σ = ${last.bandwidth}` : '';
      const parts = [[title, 'value'], ...(last.figures[name].expected?.value ? [['perfect generator', 'expected']] : [])];
      return chart(name, `${title} over time${where}`, title, history, parts);
    });
}

function chart(name, title, label, history, parts) {
  const last = history[history.length - 1];
  const series = parts.map(([legend, part]) => ({
    name: legend, legend: true,
    points: history.map((point) => {
      const span = point.figures[name]?.[part];
      return { x: point.at, y: span?.value, lower: span?.lower, upper: span?.upper };
    }),
  }));
  const now = parts.map(([legend, part]) => `${legend} ${number(last.figures[name]?.[part]?.value)}`).join(', ');
  return lineChart({
    id: `over-time-${name}`, title, series, x: { label: 'Time of the report', format: clock, time: true },
    y: series.some(({ points }) => points.some(({ y, lower }) => y < 0 || lower < 0)) ? { label } : { label, min: 0 },
    description: `${history.length} reports, the last with ${count(last.n)} images: ${now}. Bands are intervals.`,
  });
}
