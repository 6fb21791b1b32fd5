// A kafkajs client that reads zstd, which Lensmill's producers use and kafkajs leaves to its users.
import kafkajs from 'kafkajs';
import { decompress } from 'fzstd';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;

CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: async () => {
    throw new Error('These programs publish uncompressed');
  },
  decompress: async (buffer) => Buffer.from(decompress(buffer)),
});

export const servers = process.env.LENSMILL_BOOTSTRAP_SERVERS ?? '127.0.0.1:9092';

export const kafka = new Kafka({
  clientId: 'lensmill-interoperability',
  brokers: servers.split(','),
  logLevel: logLevel.ERROR,
});

/** The first record of one of the topics that the test accepts; rejects after so many seconds. */
export async function firstRecord(topics, accepts, seconds) {
  const consumer = kafka.consumer({ groupId: `interoperability-${process.pid}-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer within ${seconds} s`)), seconds * 1000);
      consumer
        .run({
          eachMessage: async ({ topic, message }) => {
            if (accepts(topic, message)) resolve({ topic, message });
          },
        })
        .catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}
