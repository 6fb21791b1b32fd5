/** Contact sheets of trainings, models and generations: real images above, generated ones below. */
import { el, empty, replaceKeeping } from './dom.js';
import { count, moment } from './format.js';

const SHOWN = 4;

export function renderSheets(container, knowledge) {
  const sheets = all(knowledge);
  if (!knowledge.store) {
    replaceKeeping(container, el('p', { class: 'note' }, 'This worker has no object store, so it can show no '
      + 'contact sheets. Give it LENSMILL_STORE_ENDPOINT, LENSMILL_STORE_ACCESS_KEY and LENSMILL_STORE_SECRET_KEY, as '
      + 'the other workers have.'));
    return;
  }
  if (sheets.length === 0) {
    replaceKeeping(container, empty('No contact sheet yet: a diffusion training draws them while it learns. Begin one with',
      'infra/lensmill train diffusion --dataset lenses --wait'));
    return;
  }
  const later = sheets.slice(SHOWN);
  replaceKeeping(container,
    el('div', { class: 'sheets' }, sheets.slice(0, SHOWN).map(picture)),
    later.length > 0 ? el('details', { id: 'sheets-more' }, el('summary', {}, `${count(later.length)} more`),
      el('div', { class: 'sheets' }, later.map(picture))) : null);
}

function all(knowledge) {
  const found = new Map();
  for (const job of knowledge.newest('jobs')) {
    const key = job.results.contactSheet;
    // Those of models and samples are told by the messages about them, with more words.
    if (key?.startsWith('sheets/')) {
      found.set(key, {
        key, at: job.occurredAt, title: `Training ${job.jobId}`,
        text: `after step ${count(stepOf(key))}; real images above, generated below`,
      });
    }
  }
  for (const model of knowledge.newest('models').filter(({ contactSheetKey }) => contactSheetKey)) {
    found.set(model.contactSheetKey, {
      key: model.contactSheetKey, at: model.createdAt,
      title: `Model ${model.modelId}`, text: `trained on ${model.dataset}; real images above, generated below`,
    });
  }
  for (const samples of knowledge.newest('samples').filter(({ contactSheetKey }) => contactSheetKey)) {
    const label = samples.label ? `, class ${samples.label}` : '';
    const reference = samples.reference ? `, to be compared with ${samples.reference}` : '';
    found.set(samples.contactSheetKey, {
      key: samples.contactSheetKey, at: samples.createdAt, title: `Samples ${samples.jobId}`,
      text: `${count(samples.count)} images by ${samples.modelId} for ${samples.collection}${label}${reference}`,
    });
  }
  return [...found.values()].sort((a, b) => b.at - a.at);
}

/** The number in sheets/<job>/<step>.png. */
function stepOf(key) {
  return Number(key.slice(key.lastIndexOf('/') + 1, -'.png'.length));
}

function picture({ key, at, title, text }) {
  const address = `api/sheets/${key.split('/').map(encodeURIComponent).join('/')}`;
  const missing = el('p', { class: 'note', hidden: true }, 'The object store does not give this picture.');
  const image = el('img', {
    src: address, alt: `Contact sheet: ${title}, ${text}`, loading: 'lazy',
    onerror: () => { image.hidden = true; missing.hidden = false; },
  });
  return el('figure', { class: 'sheet' },
    el('figcaption', {}, el('h3', {}, title), el('p', { class: 'range' }, `${text}, `, moment(at))),
    el('a', { href: address, 'aria-label': `${title} in full size` }, image), missing);
}
