/** Reports as other programs and people read them: JSON, short text of a number with its interval and its doubt. */
package io.lensmill.reports;
