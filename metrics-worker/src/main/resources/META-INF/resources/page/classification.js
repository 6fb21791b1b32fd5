/** ROC curves and confusion of the chosen report. */
import { el, empty, replaceKeeping, table } from './dom.js';
import { lineChart } from './chart.js';
import { count, estimateCell, figure, number, percent } from './format.js';
import { chosenReport, notes } from './reports.js';

const FALSE_POSITIVE_RATES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

export function renderClassification(container, knowledge) {
  const report = chosenReport(knowledge, ({ classification }) => classification);
  if (!report) {
    replaceKeeping(container, empty('No labelled images yet: publish some from folders named after the classes with',
      'infra/lensmill publish lenses/val --collection held-out --labels-from-folders --wait'));
    return;
  }
  const metrics = report.classification;
  replaceKeeping(container,
    el('p', { class: 'note' }, el('strong', {}, [report.collection, ...notes(report)].join(', ')), ` under the model ${report.modelId}: `
      + `${count(metrics.labelled)} of ${count(report.counted)} images carry a label${metrics.lateLabels ? `, ${count(metrics.lateLabels)} of them by a message of their own` : ''}.`),
    el('dl', { class: 'figures' }, report.figures.filter(({ group, labels }) => group === 'CLASSIFICATION' && !labels.class)
      .map((one) => figure(one.title, one.estimate, one.explanation))),
    el('div', { class: 'charts' }, roc(metrics), el('div', {}, areas(metrics), confusion(metrics)),
      metrics.reliability?.length > 1 ? reliability(metrics) : null));
}

function roc({ classes, auc, rocCurves }) {
  const series = rocCurves.map((curve, index) => ({
    name: `${curve.className}, AUC ${number(auc[index]?.value)}`,
    legend: true,
    points: curve.falsePositiveRate.map((rate, at) => ({ x: rate, y: curve.truePositiveRate[at] })),
  }));
  return lineChart({
    id: 'roc', title: 'ROC curves, one class against the rest', series, diagonal: true,
    x: { label: 'False positive rate', min: 0, max: 1 }, y: { label: 'True positive rate', min: 0, max: 1 },
    description: `Areas under the curves: ${classes.map((name, at) => `${name} ${number(auc[at]?.value)}`).join(', ')}. `
      + 'The dotted diagonal is chance.',
    rows: {
      head: ['False positive rate', ...classes.map((name) => `True positive rate of ${name}`)],
      rows: FALSE_POSITIVE_RATES.map((rate) => el('tr', {}, el('th', { scope: 'row' }, String(rate)),
        rocCurves.map((curve) => el('td', { class: 'number' }, number(at(curve, rate)))))),
    },
  });
}

/** How often the classifier is right where it is so sure; the diagonal is a calibrated one. */
function reliability({ reliability: bins, calibrationError }) {
  return lineChart({
    id: 'reliability', title: 'Calibration: share of hits by the probability of the predicted class', diagonal: true,
    series: [{ name: 'share of hits', points: bins.map(({ confidence, accuracy }) => ({ x: confidence, y: accuracy })) }],
    x: { label: 'Mean probability of the predicted class', min: 0, max: 1 }, y: { label: 'Share of hits', min: 0, max: 1 },
    description: `Calibration error ${number(calibrationError?.value)}. The dotted diagonal is a calibrated classifier.`,
    rows: {
      head: ['Mean probability', 'Share of hits', 'Images'],
      rows: bins.map((bin) => el('tr', {}, el('th', { scope: 'row' }, number(bin.confidence)),
        el('td', { class: 'number' }, number(bin.accuracy)), el('td', { class: 'number' }, count(bin.count)))),
    },
  });
}

/** The curve's ordinate, on the line between the two points beside. */
function at({ falsePositiveRate: xs, truePositiveRate: ys }, rate) {
  const next = xs.findIndex((x) => x > rate);
  if (next <= 0) {
    return ys[ys.length - 1];
  }
  const share = (rate - xs[next - 1]) / (xs[next] - xs[next - 1]);
  return ys[next - 1] + share * (ys[next] - ys[next - 1]);
}

function areas({ classes, auc }) {
  return table('auc', 'Area under the ROC curve, with its 95 % interval', ['Class', 'AUC', 'n'],
    classes.map((name, index) => el('tr', {}, el('th', { scope: 'row' }, name), estimateCell(auc[index]),
      el('td', { class: 'number' }, count(auc[index].n)))));
}

function confusion({ classes, confusion: counts }) {
  return table('confusion', 'Confusion: true class by row, predicted class by column; images and share of the row',
    ['True', ...classes.map((name) => `→ ${name}`)],
    counts.map((row, truth) => {
      const total = row.reduce((sum, images) => sum + images, 0);
      return el('tr', {}, el('th', { scope: 'row' }, classes[truth]),
        row.map((images, predicted) => shaded(images, total, truth === predicted)));
    }));
}

function shaded(images, total, right) {
  const share = total === 0 ? 0 : images / total;
  const cell = el('td', { class: `number confusion ${right ? 'right' : 'wrong'}` },
    el('span', { class: 'value' }, count(images)), ' ', el('span', { class: 'range' }, percent(share)));
  cell.style.setProperty('--share', `${Math.round(60 * share)}%`);
  return cell;
}
