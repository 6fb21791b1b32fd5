package io.lensmill.jobs;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * How a job ended, and which message had asked for it. Stored as an Avro object container with the one event, so any
 * Avro tool shows it; the origin stands in the container's header.
 *
 * @param event the job's last event
 * @param origin where the request stood, "topic-partition@offset"
 */
record JobRecord(JobEvent event, String origin) {

    private static final String ORIGIN = "lensmill.origin";
    private static final int SYNC_BYTES = 16;

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<JobEvent> writer = new DataFileWriter<>(new SpecificDatumWriter<>(JobEvent.class))) {
            writer.setMeta(ORIGIN, origin);
            // A fixed marker instead of Avro's random one: equal records give equal bytes.
            writer.create(event.getSchema(), out, Arrays.copyOf(new byte[] {'L', 'M'}, SYNC_BYTES));
            writer.append(event);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** @throws RefusedException UNDECODABLE when the bytes are no such record */
    static JobRecord of(byte[] stored) throws RefusedException, IOException {
        // The strict reader goes first: it has checked every length before Avro's own reads the header.
        JobEvent event = Envelope.decode(stored, JobEvent.class);
        try (DataFileReader<JobEvent> reader =
                new DataFileReader<>(new SeekableByteArrayInput(stored), new SpecificDatumReader<>(JobEvent.class))) {
            String origin = reader.getMetaString(ORIGIN);
            return new JobRecord(event, origin == null ? "" : origin);
        }
    }
}
