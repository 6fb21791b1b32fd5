/** Numbers, times and statuses as people read them. */
import { el } from './dom.js';

const STATUSES = {
  OK: ['OK', 'Take it as it is.'],
  TOO_FEW: ['too few', 'Fewer images than this number needs to be worth much.'],
  RANK_DEFICIENT: ['too few for the dimensions', 'Fewer images than dimensions: the covariance is singular.'],
  ONE_CLASS: ['one class', 'Only images of the class, or only others: nothing to tell apart.'],
  NO_REFERENCE: ['no reference', 'No collection of real images to compare with.'],
  EXTRACTOR_MISMATCH: ['other extractor', 'The two sides were embedded by different networks.'],
  FOREIGN: ['foreign images', 'Too many of the images are not like those that the model was trained on.'],
  UNTRAINED_EXTRACTOR: ['untrained extractor', 'The embedding comes from a network that was never trained.'],
};

/** A number with four figures that count. */
export function number(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6)) {
    return value.toExponential(2);
  }
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function count(value) {
  return value.toLocaleString('en');
}

export function percent(share) {
  return `${(100 * share).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
}

/** A moment, in the reader's own time zone. */
export function moment(millis) {
  const date = new Date(millis);
  const today = new Date().toDateString() === date.toDateString();
  const day = today ? '' : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} `;
  return el('time', { datetime: date.toISOString() }, day + clock(millis));
}

export function clock(millis) {
  const date = new Date(millis);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(value) {
  return String(value).padStart(2, '0');
}

export function duration(seconds) {
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A status in words; the explanation stands on the page where {@link statusWords} is used. */
export function badge(status) {
  const [words, explanation] = STATUSES[status] ?? [status, ''];
  return el('span', { class: 'badge', 'data-status': status === 'OK' ? 'good' : 'care', title: explanation }, words);
}

/** Why a number should not be taken as it is: a sentence, or nothing when it can be. */
export function statusWords(estimate) {
  if (!estimate || estimate.status === 'OK') {
    return null;
  }
  return estimate.reason || (STATUSES[estimate.status] ?? ['', estimate.status])[1];
}

export function interval(estimate) {
  if (!estimate || estimate.lower === undefined || estimate.upper === undefined) {
    return '';
  }
  return `${number(estimate.lower)} to ${number(estimate.upper)}`;
}

/** A number with its interval, its n and its status, for a cell of a table. */
export function estimateCell(estimate) {
  return el('td', { class: 'number' }, estimate ? estimateParts(estimate) : '–');
}

function estimateParts(estimate) {
  const range = interval(estimate);
  return [
    el('span', { class: 'value' }, number(estimate.value)), ' ',
    range ? el('span', { class: 'range', title: estimate.intervalKind }, range) : null, ' ',
    estimate.status === 'OK' ? null : badge(estimate.status),
  ];
}

/** A number large, as the one that its part of the page is about. */
export function figure(name, estimate, note) {
  const range = interval(estimate);
  const kind = estimate?.intervalKind ? ` (${estimate.intervalKind})` : '';
  return el('div', { class: 'figure' },
    el('dt', {}, name),
    el('dd', {},
      el('span', { class: 'value' }, number(estimate?.value)), ' ',
      estimate ? badge(estimate.status) : null,
      range ? el('span', { class: 'range' }, `${range}${kind}`) : null,
      el('span', { class: 'range' }, estimate ? `n = ${count(estimate.n)}, ${estimate.estimator}` : ''),
      note ? el('span', { class: 'range' }, note) : null,
      statusWords(estimate) ? el('span', { class: 'reason' }, statusWords(estimate)) : null));
}
