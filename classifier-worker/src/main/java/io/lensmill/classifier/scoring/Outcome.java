package io.lensmill.classifier.scoring;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.RefusedException;

/** What became of one image: exactly one of the two. */
public sealed interface Outcome {

    record Classified(Classification classification) implements Outcome {}

    record Refused(RefusedException reason) implements Outcome {}
}
