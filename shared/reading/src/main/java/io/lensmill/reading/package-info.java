/** What others wrote, read within limits that have names: JSON and small local files, refused in plain words. */
package io.lensmill.reading;
