/** The live page: its routes, and the connections that hear of news. */
package io.lensmill.metricsworker.page;
