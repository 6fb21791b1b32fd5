package io.lensmill.cli.command;

import io.lensmill.contracts.Topics;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Worker;
import java.nio.file.Path;

/** What {@code up} says once everything runs: where things are, and what to do next. */
final class UpScreen {

    private UpScreen() {}

    static String text(LocalStack stack, Path data) {
        return """

                Lensmill is up. Ctrl-C stops it.

                  Kafka           %1$s
                  S3 object store %2$s  (bucket %3$s)
                  keys            %4$s
                  live page       http://127.0.0.1:%5$d/
                  health          http://127.0.0.1:{%6$d,%7$d,%5$d}/q/health
                  figures         http://127.0.0.1:{%6$d,%7$d,%5$d}/q/metrics
                  logs            %8$s

                Messages in:  %9$s
                              %10$s
                              %11$s
                              %12$s
                Messages out: %13$s, %14$s,
                              %15$s, %16$s, %17$s,
                              %18$s

                In another terminal (no address needed):
                  infra/lensmill simulate --count 1000 --out lenses
                  infra/lensmill upload lenses --dataset lenses
                  infra/lensmill train classifier --dataset lenses --wait
                  infra/lensmill publish lenses/val --collection held-out \\
                      --labels-from-folders --wait
                  infra/lensmill report
                """
                .formatted(
                        stack.bootstrapServers(),
                        stack.store().endpoint(),
                        stack.store().bucket(),
                        data.resolve("connection.properties"),
                        stack.port(Worker.METRICS),
                        stack.port(Worker.CLASSIFIER),
                        stack.port(Worker.DIFFUSION),
                        data.resolve("logs"),
                        Topics.IMAGES.name(),
                        Topics.CLASSIFIER_TRAINING_REQUESTS.name(),
                        Topics.DIFFUSION_TRAINING_REQUESTS.name(),
                        Topics.GENERATION_REQUESTS.name(),
                        Topics.CLASSIFICATIONS.name(),
                        Topics.REPORTS.name(),
                        Topics.JOBS.name(),
                        Topics.MODELS.name(),
                        Topics.SAMPLES.name(),
                        Topics.DEAD_LETTERS.name());
    }
}
