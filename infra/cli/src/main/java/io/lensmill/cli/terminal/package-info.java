/** What a person sees: results, progress, failures; a bar where a line can be redrawn, plain lines elsewhere. */
package io.lensmill.cli.terminal;
