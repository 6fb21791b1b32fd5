/** Refused messages and why they were refused. */
import { el, replaceKeeping, table } from './dom.js';
import { count, moment } from './format.js';

const SHOWN = 10;

export function renderLetters(container, knowledge) {
  const letters = knowledge.newest('deadLetters');
  if (letters.length === 0) {
    replaceKeeping(container, el('p', { class: 'note' }, 'None: every message so far could be used.'));
    return;
  }
  const later = letters.slice(SHOWN);
  replaceKeeping(container, byCode(letters),
    letterTable('letters-table', 'Refused messages, newest first', letters.slice(0, SHOWN)),
    later.length > 0 ? el('details', { id: 'letters-more' }, el('summary', {}, `${count(later.length)} more`),
      letterTable('letters-later', 'Earlier refused messages', later)) : null);
}

function byCode(letters) {
  const counts = new Map();
  letters.forEach(({ code }) => counts.set(code, (counts.get(code) ?? 0) + 1));
  const text = [...counts].sort((a, b) => b[1] - a[1]).map(([code, times]) => `${count(times)} ${code}`).join(', ');
  return el('p', { class: 'note' }, letters.length >= 200 ? `Of the last 200: ${text}.` : `${text}.`);
}

function letterTable(id, caption, letters) {
  return table(id, caption, ['Refused', 'Reason', 'Message', 'Stood on', 'Size'], letters.map((letter) => el('tr', {},
    el('td', {}, moment(letter.refusedAt)),
    el('td', { class: 'prose' }, el('strong', {}, letter.code), el('br'), letter.detail),
    el('td', { class: 'name' }, letter.key ?? 'no key'),
    el('td', { class: 'name' }, letter.topic ? `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}` : '–'),
    el('td', { class: 'number' }, `${count(letter.sizeBytes)} B`))));
}
