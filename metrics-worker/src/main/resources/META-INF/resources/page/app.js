/** Puts what the worker tells on the page, section by section, and only where something changed. */
import { connect } from './connection.js';
import { Knowledge } from './state.js';
import { clock } from './format.js';
import { isOpen, renderJobs, stateWord } from './jobs.js';
import { renderCurves } from './curves.js';
import { renderReports } from './reports.js';
import { renderClassification } from './classification.js';
import { renderRealism } from './realism.js';
import { renderSheets } from './sheets.js';
import { renderLetters } from './letters.js';
import { renderLosses } from './losses.js';

const knowledge = new Knowledge();
const states = new Map();
const dirty = new Set();
let waiting = false;

const SECTIONS = {
  jobs: { of: ['jobs'], render: renderJobs },
  curves: { of: ['jobs'], render: renderCurves },
  reports: { of: ['reports'], render: (body) => renderReports(body, knowledge, renderAllReports) },
  classification: { of: ['reports'], render: renderClassification },
  realism: { of: ['reports'], render: renderRealism },
  sheets: { of: ['jobs', 'models', 'samples'], render: renderSheets },
  losses: { of: ['unseen'], render: renderLosses },
  letters: { of: ['deadLetters'], render: renderLetters },
};

function renderAllReports() {
  ['reports', 'classification', 'realism'].forEach((name) => dirty.add(name));
  later();
}

/** At most once per frame, whatever comes meanwhile. */
function later() {
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      dirty.forEach(renderSection);
      dirty.clear();
    });
  }
}

function renderSection(name) {
  SECTIONS[name].render(document.querySelector(`#${name} .body`), knowledge);
}

function onChanges(changes) {
  const first = !knowledge.loaded;
  const changed = knowledge.accept(changes);
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (section.of.some((part) => changed.has(part))) {
      dirty.add(name);
    }
  }
  announceEnds(first ? [] : changes.jobs);
  knowledge.jobs.forEach((job) => states.set(job.jobId, job.state));
  title();
  later();
}

/** Ends of jobs are worth a word to those who listen; progress is not. */
function announceEnds(jobs) {
  const ended = jobs.filter((job) => !isOpen(job) && states.get(job.jobId) !== job.state);
  if (ended.length > 0) {
    document.querySelector('#announcement').textContent =
      ended.map((job) => `Job ${job.jobId} ${stateWord(job)}.`).join(' ');
  }
}

function title() {
  const running = [...knowledge.jobs.values()].filter(({ state }) => state === 'RUNNING').length;
  document.title = running > 0 ? `(${running} running) Lensmill` : 'Lensmill';
}

/** The words change only when the state does: what changes with each event would be read aloud each time. */
function onState(state) {
  const place = document.querySelector('#connection');
  if (place.dataset.state !== state) {
    place.dataset.state = state;
    place.textContent = state === 'live'
      ? `Live since ${clock(Date.now())}`
      : `Connection lost at ${clock(Date.now())}; trying again. What stands here may be old.`;
  }
}

connect(onChanges, onState);
