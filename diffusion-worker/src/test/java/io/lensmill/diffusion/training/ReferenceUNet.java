package io.lensmill.diffusion.training;

import io.lensmill.diffusion.model.NetworkPass;
import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.NoiseSchedule;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.neural.ExecutorUnderTest;
import io.lensmill.neural.Network;
import io.lensmill.neural.Reference;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import io.lensmill.neural.training.AdamW;
import io.lensmill.neural.training.NotFiniteException;
import io.lensmill.neural.training.Trainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The U-Net with which denoising-diffusion-pytorch made its samples: its own initial weights, six steps trained. */
public final class ReferenceUNet {

    public static final Reference REFERENCE = new Reference("unet-dim16");
    public static final DiffusionProcess PROCESS =
            new DiffusionProcess(NoiseSchedule.of(ScheduleKind.SIGMOID, 1000), Objective.V);

    private static final UNetConfig CONFIG = new UNetConfig(16, List.of(1, 2, 4), 4, 32);
    private static final int STEPS = 6;
    private static final double LEARNING_RATE = 1e-3;

    private ReferenceUNet() {}

    public static Network trained(ExecutorUnderTest executor) throws NotFiniteException {
        Network network = executor.open(UNet.define(CONFIG));
        REFERENCE.initialise(network);
        Trainer trainer = new Trainer(network, AdamW.withDecay(1e-3), 1.0, Optional.empty());
        Tensor times = REFERENCE.array("timesteps");
        Map<String, Tensor> inputs = Map.of(NetworkPass.IMAGE, REFERENCE.images("noised"), NetworkPass.TIME, times);
        double[] weights = IntStream.range(0, times.values().length)
                .mapToDouble(i -> PROCESS.lossWeight((int) times.values()[i], 0))
                .toArray();
        float[] targets = REFERENCE.array("v_target").values();
        for (int step = 0; step < STEPS; step++) {
            trainer.step(inputs, new WeightedSquares(NetworkPass.PREDICTION, targets, weights), LEARNING_RATE, step);
        }
        return network;
    }
}
