/** An object store that misbehaves on demand, for tests of what stands on one. */
package io.lensmill.embedded.misbehaving;
