/** Which executor runs a network on this machine, by the settings and by what the machine has. */
package io.lensmill.neural.engine;
