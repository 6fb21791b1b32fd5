/** The networks there are: residual networks for classification, a U-Net that denoises. */
package io.lensmill.neural.networks;
