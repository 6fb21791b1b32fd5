// Waits for what became of one image and checks it: node read-answer.mjs IMAGE_ID classified|refused [SECONDS]
// The classification is read with avsc, which knows nothing of Lensmill: the schema is in the message.
import assert from 'node:assert/strict';
import avsc from 'avsc';
import { firstRecord } from './kafka.mjs';

const [imageId, expected, seconds = '120'] = process.argv.slice(2);
if (!imageId || !['classified', 'refused'].includes(expected)) {
  console.error('Usage: node read-answer.mjs IMAGE_ID classified|refused [SECONDS]');
  process.exit(2);
}

const { topic, message } = await firstRecord(
  ['lensmill.classifications', 'lensmill.dead-letters'],
  (_, record) => record.key?.toString() === imageId,
  Number(seconds),
);

if (topic === 'lensmill.dead-letters') {
  const code = message.headers['reason-code'].toString();
  const detail = message.headers['reason-detail'].toString();
  console.log(`${imageId} was refused: ${code}: ${detail}`);
  assert.equal(expected, 'refused');
} else {
  const result = await onlyRecord(message.value);
  check(result);
  const scores = result.scores.map((s) => `${s.className} ${s.probability.toFixed(3)}`).join(', ');
  console.log(`${imageId} is ${result.predictedClass} (${scores}) says ${result.modelId}`);
  assert.equal(expected, 'classified');
}

function onlyRecord(container) {
  return new Promise((resolve, reject) => {
    const records = [];
    const decoder = new avsc.streams.BlockDecoder();
    decoder.on('data', (record) => records.push(record));
    decoder.on('end', () => (records.length === 1 ? resolve(records[0]) : reject(new Error(`${records.length} records`))));
    decoder.on('error', reject);
    decoder.end(container);
  });
}

function check(result) {
  assert.equal(result.imageId, imageId);
  const sum = result.scores.reduce((total, score) => total + score.probability, 0);
  assert.ok(Math.abs(sum - 1) < 1e-4, `scores sum to ${sum}`);
  const best = result.scores.reduce((a, b) => (b.probability > a.probability ? b : a));
  assert.equal(result.predictedClass, best.className);
  assert.equal(result.embedding.length, 4 * result.embeddingSize);
  const embedding = new Float32Array(Uint8Array.from(result.embedding).buffer);
  assert.ok(embedding.every(Number.isFinite), 'embedding holds values that are no numbers');
}
