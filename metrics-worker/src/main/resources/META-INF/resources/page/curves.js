/** Learning curves of one training: from its events, or, when it ended before this worker began, from its model. */
import { el, empty, replaceKeeping } from './dom.js';
import { lineChart } from './chart.js';
import { count, number } from './format.js';
import { KINDS, isOpen, stateWord } from './jobs.js';

let chosen = null;
const described = new Map();

export function renderCurves(container, knowledge) {
  const trainings = knowledge.newest('jobs').filter((job) => job.kind !== 'GENERATION' && job.state !== 'REJECTED');
  if (trainings.length === 0) {
    replaceKeeping(container, empty('No training yet. Its losses appear here while it learns:',
      'infra/lensmill train classifier --dataset lenses --wait'));
    return;
  }
  const job = trainings.find(({ jobId }) => jobId === chosen) ?? preferred(trainings);
  const again = () => renderCurves(container, knowledge);
  const choices = JSON.stringify([job.jobId, trainings.map(({ jobId, state }) => [jobId, state])]);
  // An open list must not be replaced under the reader's hand: only the charts are new when the choices are the same.
  if (container.dataset.choices !== choices || container.childElementCount !== 2) {
    container.dataset.choices = choices;
    replaceKeeping(container, choice(trainings, job, again), el('div'));
  }
  replaceKeeping(container.lastElementChild, charts(job, knowledge, again));
}

/** The training at work, or else the newest with something to show. */
function preferred(trainings) {
  return trainings.find((job) => isOpen(job) && job.curve.length > 1)
    ?? trainings.find((job) => job.curve.length > 1) ?? trainings[0];
}

function choice(trainings, job, again) {
  const select = el('select', { id: 'curves-job', onchange: (event) => { chosen = event.target.value; again(); } },
    trainings.map((one) => el('option', { value: one.jobId, selected: one === job },
      `${one.jobId} (${KINDS[one.kind] ?? one.kind}, ${stateWord(one)})`)));
  return el('p', { class: 'choice' }, el('label', { for: 'curves-job' }, 'Training'), ' ', select);
}

function charts(job, knowledge, again) {
  if (job.curve.length > 1) {
    return fromEvents(job);
  }
  const model = job.results.modelId;
  if (model && knowledge.store && job.kind === 'CLASSIFIER_TRAINING') {
    if (!described.has(model)) {
      fetchCurve(model, again);
    }
    const epochs = described.get(model) ?? [];
    if (epochs.length > 1) {
      return fromModel(job, epochs);
    }
  }
  return el('p', { class: 'note' }, isOpen(job)
    ? 'The curve begins with the second report of this training.'
    : 'This training ended before the page could follow it, and its model holds no curve that can be read here.');
}

async function fetchCurve(model, again) {
  described.set(model, []);
  try {
    const answer = await fetch(`api/curves/${encodeURIComponent(model)}`);
    if (answer.ok) {
      described.set(model, await answer.json());
      again();
    }
  } catch {
    // The store is away: the note stays, and the next change asks again.
    described.delete(model);
  }
}

function fromEvents(job) {
  const points = (name) => job.curve.map((point) => ({ x: point.step, y: point[name] }));
  return curves(job, 'Step', points('loss'), points('validationLoss'), points('validationAccuracy'));
}

function fromModel(job, epochs) {
  const points = (value) => epochs.map((line) => ({ x: line.epoch, y: value(line) }));
  return curves(job, 'Epoch', points((line) => line.trainingLoss), points((line) => line.validation?.loss),
    points((line) => line.validation?.accuracy));
}

function curves(job, unit, training, validation, accuracy) {
  const x = { label: unit, format: count };
  const validated = validation.some(({ y }) => typeof y === 'number');
  const losses = [{ name: 'training loss', points: training, legend: true }];
  if (validated) {
    losses.push({ name: 'validation loss', points: validation });
  }
  const last = training[training.length - 1];
  return el('div', { class: 'charts' },
    lineChart({
      id: 'curve-loss', title: `Loss of ${job.jobId}`, x, y: { label: 'Loss (logarithmic)', log: true }, series: losses,
      description: `The training loss went from ${number(training[0].y)} to ${number(last.y)} by ${unit.toLowerCase()} ${count(last.x)}.`,
    }),
    accuracy.some(({ y }) => typeof y === 'number')
      ? lineChart({
        id: 'curve-accuracy', title: `Validation accuracy of ${job.jobId}`, x, y: { label: 'Accuracy', max: 1 },
        series: [{ name: 'validation accuracy', points: accuracy, legend: true }],
        description: `Share of validation images with the right class, last ${number(lastKnown(accuracy))}.`,
      })
      : null);
}

function lastKnown(points) {
  return points.filter(({ y }) => typeof y === 'number').pop()?.y;
}
