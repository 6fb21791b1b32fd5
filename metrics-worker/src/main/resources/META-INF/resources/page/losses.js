/** What was deleted before it was read: neither a result nor a dead letter will come of it. */
import { el, replaceKeeping } from './dom.js';
import { count, moment } from './format.js';

export function renderLosses(container, knowledge) {
  const losses = knowledge.newest('unseen');
  container.closest('section').hidden = losses.length === 0;
  replaceKeeping(container, ...losses.map(loss), losses.length === 0 ? null : el('p', { class: 'note' },
    'A worker was away for longer than the topic keeps its records, or someone deleted them. Send them again, and let '
    + 'the topic keep them for longer (lensmill.topics.retention-hours). Markers of transactions count too.'));
}

function loss({ group, topic, records, upperBound, foundAt }) {
  const number = `${upperBound ? 'Up to ' : ''}${count(records)} ${records === 1 ? 'record' : 'records'}`;
  return el('p', { class: 'warning' }, el('strong', {}, `${number} of ${topic}`),
    ` ${records === 1 ? 'was' : 'were'} deleted before ${group} read ${records === 1 ? 'it' : 'them'}`,
    `${upperBound ? ', or less: for a time the broker did not know how far it had read' : ''}.`,
    ' Noticed ', moment(foundAt), '.');
}
