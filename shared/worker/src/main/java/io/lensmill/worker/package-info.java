/**
 * What two or three workers' edges share: their common settings, the wiring of what every worker with jobs needs, the
 * road of messages to the broker, topics that are read whole, threads for jobs. The one shared module that knows CDI.
 */
package io.lensmill.worker;
