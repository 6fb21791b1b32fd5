package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of released versions stay readable. A new version adds a folder of samples: run this test with {@code
 * -Dlensmill.samples.write=VERSION} once and commit what it wrote; never change an older folder.
 */
class SampleFilesTest {

    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final List<String> OLDER = List.of("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6");
    private static final String CURRENT = "1.7";

    static List<String> names() {
        return List.copyOf(SampleMessages.all().keySet());
    }

    static List<Arguments> olderSamples() {
        // A release may bring a record that older ones did not have.
        return OLDER.stream()
                .flatMap(version -> names().stream()
                        .filter(name -> Files.exists(SAMPLES.resolve(version).resolve(name + ".avro")))
                        .map(name -> Arguments.of(version, name)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("olderSamples")
    void samplesOfOlderVersionsAreStillRead(String version, String name) throws Exception {
        // Given
        byte[] file = Files.readAllBytes(SAMPLES.resolve(version).resolve(name + ".avro"));
        Class<? extends SpecificRecord> type = SampleMessages.all().get(name).getClass();

        // When
        SpecificRecord read = Envelope.decode(file, type);

        // Then
        // A release changes some schemas; the others keep the version of the release that changed them last.
        assertThat((String) read.get(read.getSchema().getField("schemaVersion").pos()))
                .isLessThanOrEqualTo(version);
        assertThat(writtenWith(file)).satisfies(written -> new SchemaValidatorBuilder()
                .canReadStrategy()
                .validateAll()
                .validate(read.getSchema(), List.of(written)));
        assertThat(WrittenFields.differences(WrittenFields.of(file), read)).isEmpty();
    }

    @Test
    void everySampleOfEveryVersionIsReadAndNoneIsForgotten() throws IOException {
        // Given
        List<String> read = Stream.concat(
                        olderSamples().stream()
                                .map(Arguments::get)
                                .map(arguments -> arguments[0] + "/" + arguments[1] + ".avro"),
                        names().stream().map(name -> CURRENT + "/" + name + ".avro"))
                .toList();

        // When
        List<String> committed;
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            committed = files.filter(Files::isRegularFile)
                    .map(file -> SAMPLES.relativize(file).toString())
                    .toList();
        }

        // Then
        assertThat(committed).containsExactlyInAnyOrderElementsOf(read);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theCommittedSampleHoldsTheExpectedRecord(String name) throws Exception {
        // Given
        SpecificRecord expected = SampleMessages.all().get(name);
        byte[] file = sample(name, expected);

        // When
        SpecificRecord read = Envelope.decode(file, expected.getClass());

        // Then
        assertThat(read).isEqualTo(expected);
        assertThat(Envelope.encode(expected)).isEqualTo(file);
    }

    @ParameterizedTest
    @MethodSource("names")
    void avrosOwnReaderReadsTheSample(String name) throws Exception {
        // Given
        byte[] file = sample(name, SampleMessages.all().get(name));

        // When
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<>())) {
            GenericRecord record = reader.next();

            // Then
            assertThat(record.getSchema().getName()).isEqualTo(name);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void todaysSchemaReadsWhatTheSampleWasWrittenWith(String name) throws Exception {
        // Given
        SchemaValidator validator =
                new SchemaValidatorBuilder().canReadStrategy().validateAll();
        Schema written = writtenWith(sample(name, SampleMessages.all().get(name)));

        // When, Then: throws where a field was added without a default or changed its type
        validator.validate(SampleMessages.all().get(name).getSchema(), List.of(written));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFieldIsDocumented(String name) {
        // Given
        Schema schema = SampleMessages.all().get(name).getSchema();

        // When, Then
        assertThat(schema.getDoc()).isNotBlank();
        assertThat(schema.getFields())
                .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }

    private static Schema writtenWith(byte[] file) throws IOException {
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<>())) {
            return reader.getSchema();
        }
    }

    private static byte[] sample(String name, SpecificRecord record) throws IOException {
        Path file = SAMPLES.resolve(CURRENT).resolve(name + ".avro");
        if (CURRENT.equals(System.getProperty("lensmill.samples.write"))) {
            Files.createDirectories(file.getParent());
            Files.write(file, Envelope.encode(record));
        }
        return Files.readAllBytes(file);
    }
}
