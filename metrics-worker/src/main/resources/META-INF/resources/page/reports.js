/** One line for each model and collection, and the choice of the one that is shown below. */
import { el, empty, replaceKeeping, table } from './dom.js';
import { badge, count, estimateCell, moment } from './format.js';

let chosen = null;

/** The report that the sections below are about; undefined without any. */
export function chosenReport(knowledge, fits) {
  const reports = knowledge.newest('reports').filter(fits);
  return reports.find(({ key }) => key === chosen) ?? reports.find(({ window }) => window === 'all') ?? reports[0];
}

/** @param again renders all that depends on the choice */
export function renderReports(container, knowledge, again) {
  const reports = knowledge.newest('reports').sort((a, b) => a.key.localeCompare(b.key));
  if (reports.length === 0) {
    replaceKeeping(container, empty('No report yet: publish images with', 'infra/lensmill publish lenses/val --collection held-out --labels-from-folders --wait'));
    return;
  }
  replaceKeeping(container,
    table('reports-table', 'Newest report of each collection. A button shows it below.',
      ['Collection', 'Model', 'Images', 'Foreign', 'Macro AUC', 'Accuracy', 'FID', 'FID floor', 'Status', 'Reported'],
      reports.map((report) => row(report, again))),
    ...warnings(reports),
    statusKey());
}

function row(report, again) {
  const real = report.role === 'REAL';
  return el('tr', { class: report.key === chosen ? 'chosen' : null },
    el('th', { scope: 'row', class: 'name' },
      el('button', {
        id: `show-${report.key}`, 'aria-pressed': String(report.key === chosen),
        onclick: () => { chosen = report.key; again(); },
      }, report.collection),
      ' ', el('span', { class: 'role' }, [real ? 'real' : 'generated', ...notes(report)].join(', '))),
    el('td', { class: 'name' }, report.modelId),
    el('td', { class: 'number' }, count(report.counted)),
    ['foreignShare', 'aucMacro', 'accuracy', 'fid', 'fidFloor'].map((name) => estimateCell(figureOf(report, name)?.estimate)),
    el('td', {}, badge(report.status)),
    el('td', {}, moment(report.emittedAt)));
}

function figureOf(report, name) {
  return report.figures.find((one) => one.name === name);
}

/** Collections that the model is not made for, in whole sentences: a number in a table is soon passed over. */
function warnings(reports) {
  return reports.filter((report) => figureOf(report, 'foreignShare')?.estimate.status === 'FOREIGN')
    .map((report) => el('p', { class: 'warning' }, el('strong', {}, [report.collection, ...notes(report)].join(', ')),
      ` under the model ${report.modelId}: ${figureOf(report, 'foreignShare').estimate.reason}`));
}

/** What the numbers cover, where it is not everything that comes. */
export function notes({ window, closed }) {
  return [...(window === 'all' ? [] : [window.replace('-', ' ')]), ...(closed ? ['closed'] : [])];
}

function statusKey() {
  const words = [
    ['OK', 'take the number as it is'],
    ['TOO_FEW', 'AUC: fewer than 10 images of a kind. FID: fewer than 5 images per dimension, so mostly bias. RKE and RRKE: the kernel sees more than n/2 modes, so the number follows n'],
    ['RANK_DEFICIENT', 'FID with no more images than dimensions: judge it by its floor only'],
    ['ONE_CLASS', 'only images of the class, or only others: no ROC curve'],
    ['NO_REFERENCE', 'no collection of real images to compare with, or several, or none seen under this model'],
    ['EXTRACTOR_MISMATCH', 'the embeddings come from different networks and are never compared'],
    ['FOREIGN', 'too many of the images are not like those that the model was trained on: its classes and probabilities may be wrong, however sure they sound'],
    ['UNTRAINED_EXTRACTOR', 'the network was never trained, so its distances say nothing'],
  ];
  return el('details', { id: 'status-key' }, el('summary', {}, 'What the statuses mean'),
    el('dl', { class: 'key' }, words.map(([status, text]) => el('div', {}, el('dt', {}, badge(status)), el('dd', {}, text)))));
}
