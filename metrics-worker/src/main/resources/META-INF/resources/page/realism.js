/** FID beside its floor, and the entropies, of the chosen report: now and over time. */
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
  replaceKeeping(container,
    el('p', { class: 'note' }, el('strong', {}, [report.collection, ...notes(report)].join(', ')), ` under the model ${report.modelId}: ${count(report.counted)} images`,
      realism.reference ? [' against ', el('strong', {}, realism.reference), ` (${count(realism.referenceCount)} images)`] : ', no reference',
      `, embedding of ${count(realism.embeddingSize)} dimensions.`),
    el('dl', { class: 'figures' },
      figure('FID', realism.fid, verdict(realism)),
      figure('FID floor', realism.fidFloor, 'What a perfect generator would show at this number of images.'),
      realism.fidInfinity ? figure('FID at infinite size', realism.fidInfinity, 'Needs no floor. Below 0: no distance was seen.') : null,
      realism.kid ? figure('KID', realism.kid, 'Needs no floor. About 0 between like sets.') : null,
      realism.memorised ? figure('Memorised', realism.memorised, 'Share nearer to an image of the reference than those are to each other; about 0.01 without copies.') : null),
    kernels(realism),
    history.length > 1 ? el('div', { class: 'charts' }, overTime(history)) : el('p', { class: 'note' }, 'The course over time begins with the second report.'));
}

function verdict({ fid, fidFloor }) {
  if (typeof fid.value !== 'number' || typeof fidFloor.value !== 'number' || fidFloor.value <= 0) {
    return null;
  }
  return `${(fid.value / fidFloor.value).toFixed(1)} times its floor.`;
}

function kernels({ kernels: all }) {
  if (all.length === 0) {
    return el('p', { class: 'note' }, 'Mode counts, RRKE and KID look at single images: they are being worked out, and come with one of the next reports.');
  }
  return table('kernels', 'Rényi kernel entropies by bandwidth. Mode counts are to be compared with the reference; RRKE is 0 when alike.',
    ['Bandwidth σ', 'Modes (exp RKE)', 'Modes of the reference', 'RRKE in nats'],
    all.map((kernel) => el('tr', {},
      el('th', { scope: 'row' }, kernel.name === 'auto' ? `auto, ${number(kernel.bandwidth)}` : kernel.name),
      estimateCell(kernel.modeCount), estimateCell(kernel.modeCountReference), estimateCell(kernel.relativeEntropy))));
}

function overTime(history) {
  const last = history[history.length - 1];
  const bandwidth = last.kernel ? ` at σ = ${last.kernel}` : '';
  return [
    chart('fid', 'FID and its floor over time', 'FID', history, [['FID', 'fid'], ['FID floor', 'fidFloor']]),
    last.modeCount ? chart('rke', `Modes over time${bandwidth}`, 'Modes (exp RKE)', history,
      [['generated', 'modeCount'], ['reference', 'modeCountReference']]) : null,
    last.relativeEntropy ? chart('rrke', `RRKE over time${bandwidth}`, 'RRKE in nats', history, [['RRKE', 'relativeEntropy']]) : null,
  ];
}

function chart(id, title, label, history, parts) {
  const last = history[history.length - 1];
  const series = parts.map(([name, part]) => ({
    name, legend: true,
    points: history.map((point) => ({
      x: point.at, y: point[part]?.value, lower: point[part]?.lower, upper: point[part]?.upper,
    })),
  }));
  const now = parts.map(([name, part]) => `${name} ${number(last[part]?.value)}`).join(', ');
  return lineChart({
    id, title, series, x: { label: 'Time of the report', format: clock, time: true }, y: { label, min: 0 },
    description: `${history.length} reports, the last with ${count(last.n)} images: ${now}. Bands are intervals.`,
  });
}
