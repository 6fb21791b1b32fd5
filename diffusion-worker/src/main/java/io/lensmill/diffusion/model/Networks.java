package io.lensmill.diffusion.model;

import io.lensmill.neural.Network;
import io.lensmill.neural.networks.UNetConfig;

/** Makes a network of these settings runnable; the caller closes it. */
@FunctionalInterface
public interface Networks {
    Network build(UNetConfig config);
}
