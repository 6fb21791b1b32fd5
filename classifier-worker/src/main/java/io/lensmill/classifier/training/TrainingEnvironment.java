package io.lensmill.classifier.training;

import io.lensmill.classifier.scoring.ComputeLock;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.neural.Network;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.ObjectStore;
import java.time.Clock;
import java.util.function.Function;

/**
 * What every training job works with.
 *
 * @param store datasets, checkpoints and models
 * @param networks makes a trainable network
 * @param models published classifiers that a job may start from
 * @param computeLock on the cores, shared with scoring
 * @param results where classifications and the finished model go
 * @param clock time of the messages
 */
public record TrainingEnvironment(
        ObjectStore store,
        Function<ResNetConfig, Network> networks,
        PublishedModels models,
        ComputeLock computeLock,
        TrainingResults results,
        Clock clock) {}
