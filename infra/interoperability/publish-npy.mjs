// Publishes a bare .npy file of its own making, as any program could: node publish-npy.mjs IMAGE_ID COLLECTION
import { kafka } from './kafka.mjs';

const [imageId, collection] = process.argv.slice(2);
if (!imageId || !collection) {
  console.error('Usage: node publish-npy.mjs IMAGE_ID COLLECTION');
  process.exit(2);
}

const side = 64;
const producer = kafka.producer();
await producer.connect();
await producer.send({
  topic: 'lensmill.images',
  messages: [{ key: imageId, value: npy(ring(side), side), headers: { collection } }],
});
await producer.disconnect();
console.log(`published ${imageId}`);

/** A ring of light with a brighter arc: what a lens looks like, roughly. */
function ring(n) {
  return Float32Array.from({ length: n * n }, (_, i) => {
    const x = (i % n) - n / 2;
    const y = Math.floor(i / n) - n / 2;
    const distance = Math.hypot(x, y) - n / 4;
    return Math.exp(-(distance * distance) / 8) * (1 + 0.5 * Math.cos(Math.atan2(y, x)));
  });
}

/** NumPy's format, version 1.0: magic, header length, header padded to 64 bytes, data. */
function npy(values, n) {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${n}, ${n}), }`;
  const padding = 64 - ((10 + text.length + 1) % 64);
  const header = text + ' '.repeat(padding) + '\n';
  const front = Buffer.alloc(10);
  front.write('\x93NUMPY', 'latin1');
  front[6] = 1;
  front.writeUInt16LE(header.length, 8);
  return Buffer.concat([front, Buffer.from(header, 'latin1'), Buffer.from(values.buffer)]);
}
