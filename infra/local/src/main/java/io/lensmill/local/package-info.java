/** Broker, object store and packaged workers as one stack on this machine: started, watched and stopped together. */
package io.lensmill.local;
