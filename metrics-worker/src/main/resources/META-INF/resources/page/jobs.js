/** The jobs, those at work first. */
import { el, empty, replaceKeeping, table } from './dom.js';
import { count, duration, moment, number } from './format.js';

export const KINDS = {
  CLASSIFIER_TRAINING: 'Classifier training',
  DIFFUSION_TRAINING: 'Diffusion training',
  GENERATION: 'Generation',
};

const STATES = {
  ACCEPTED: ['waiting', 'calm'],
  RUNNING: ['running', 'live'],
  SUCCEEDED: ['succeeded', 'good'],
  FAILED: ['failed', 'bad'],
  CANCELLED: ['cancelled', 'calm'],
  REJECTED: ['rejected', 'bad'],
};

/** Ended jobs that are shown before one asks for more. */
const SHOWN = 8;

export function isOpen(job) {
  return job.state === 'RUNNING' || job.state === 'ACCEPTED';
}

export function stateWord(job) {
  return (STATES[job.state] ?? [job.state])[0];
}

export function renderJobs(container, knowledge) {
  const jobs = knowledge.newest('jobs');
  if (jobs.length === 0) {
    replaceKeeping(container, empty('No job yet. Train a classifier on images of your own or on simulated ones:',
      'infra/lensmill simulate --count 1000 --out lenses\ninfra/lensmill upload lenses --dataset lenses\ninfra/lensmill train classifier --dataset lenses --wait'));
    return;
  }
  const open = jobs.filter(isOpen);
  const ended = jobs.filter((job) => !isOpen(job));
  const later = ended.slice(SHOWN);
  replaceKeeping(container,
    open.length > 0 ? el('ul', { class: 'cards' }, open.map(card)) : el('p', { class: 'note' }, 'No job is at work.'),
    ended.length > 0 ? endedTable('jobs-ended', 'Ended jobs, newest first', ended.slice(0, SHOWN)) : null,
    later.length > 0
      ? el('details', { id: 'jobs-more' }, el('summary', {}, `${later.length} more`),
        endedTable('jobs-later', 'Earlier jobs', later))
      : null);
}

function card(job) {
  const known = job.totalSteps > 0;
  const unit = job.kind === 'GENERATION' ? 'images' : 'steps';
  const epochs = job.totalEpochs > 0 ? `, epoch ${job.epoch} of ${job.totalEpochs}` : '';
  const done = known ? `${count(job.step)} of ${count(job.totalSteps)} ${unit}${epochs}` : `${count(job.step)} ${unit}`;
  return el('li', { class: 'card' },
    el('h3', {}, job.jobId, ' ', chip(job)),
    el('p', { class: 'kind' }, KINDS[job.kind] ?? job.kind),
    el('progress', { max: known ? job.totalSteps : 1, value: known ? job.step : 0, 'aria-label': `Progress of ${job.jobId}` },
      done),
    el('p', {}, done, known ? ` (${Math.floor((100 * job.step) / job.totalSteps)} %)` : '',
      job.etaSeconds === undefined ? '' : `, about ${duration(job.etaSeconds)} left`),
    el('dl', { class: 'facts' }, facts(job).map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
    job.message ? el('p', { class: 'range' }, job.message) : null);
}

function facts(job) {
  return [
    ['Loss', job.loss],
    ['Validation accuracy', job.metrics.validationAccuracy],
    ['Macro AUC', job.metrics.validationAucMacro],
    ['Images per second', job.metrics.imagesPerSecond],
  ].filter(([, value]) => typeof value === 'number').map(([name, value]) => [name, number(value)]);
}

function chip(job) {
  const [words, tone] = STATES[job.state] ?? [job.state, 'calm'];
  return el('span', { class: 'badge', 'data-status': tone }, words);
}

function endedTable(id, caption, jobs) {
  return table(id, caption, ['Job', 'Kind', 'State', 'Ended', 'Outcome'], jobs.map((job) => el('tr', {},
    el('th', { scope: 'row', class: 'name' }, job.jobId),
    el('td', {}, KINDS[job.kind] ?? job.kind),
    el('td', {}, chip(job)),
    el('td', {}, moment(job.occurredAt)),
    el('td', { class: 'prose' }, outcome(job)))));
}

function outcome(job) {
  const figures = facts(job).slice(0, 3).map(([name, value]) => `${name[0].toLowerCase()}${name.slice(1)} ${value}`).join(', ');
  return [job.message, figures].filter((text) => text).join(' – ') || '–';
}
