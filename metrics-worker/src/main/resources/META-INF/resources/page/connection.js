/** The worker's events, for as long as the page is open. */

/** The worker sends a heartbeat every 15 s; a connection that is silent for longer is none, whatever the browser says. */
const SILENCE_MILLIS = 40_000;
const RETRY_MILLIS = 3_000;

/**
 * Listens, and begins again whenever the connection breaks.
 *
 * @param onChanges takes what changed
 * @param onState takes 'live' or 'lost'
 */
export function connect(onChanges, onState) {
  let source = null;
  let watch = null;

  const heard = () => {
    clearTimeout(watch);
    watch = setTimeout(again, SILENCE_MILLIS);
    onState('live');
  };

  const again = () => {
    source?.close();
    onState('lost');
    clearTimeout(watch);
    watch = setTimeout(open, RETRY_MILLIS);
  };

  const failed = () => {
    onState('lost');
    // Otherwise the browser connects again by itself, and tells the worker which event it saw last.
    if (source.readyState === EventSource.CLOSED) {
      again();
    }
  };

  const open = () => {
    source = new EventSource('api/events');
    source.addEventListener('changes', (event) => {
      onChanges(JSON.parse(event.data));
      heard();
    });
    source.addEventListener('heartbeat', heard);
    source.addEventListener('error', failed);
    clearTimeout(watch);
    watch = setTimeout(again, SILENCE_MILLIS);
  };

  open();
}
