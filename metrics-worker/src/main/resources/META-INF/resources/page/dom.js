/** Makes elements. Every value becomes text or an attribute, never markup: messages are written by strangers. */

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element; children are nodes, texts, or null for none. */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Puts new content in place of the old, and keeps what the reader did to it: open details, the focus, and how far a wide
 * table was scrolled, each found again by its id.
 */
export function replaceKeeping(container, ...content) {
  const open = [...container.querySelectorAll('details[open][id]')].map((details) => details.id);
  const scrolled = [...container.querySelectorAll('.scroll[id]')].map((area) => [area.id, area.scrollLeft, area.scrollTop]);
  const focused = container.contains(document.activeElement) ? document.activeElement.id : '';
  container.replaceChildren(...content.filter((node) => node !== null));
  open.forEach((id) => byId(container, id)?.setAttribute('open', ''));
  scrolled.forEach(([id, left, top]) => byId(container, id)?.scrollTo(left, top));
  if (focused) {
    byId(container, focused)?.focus({ preventScroll: true });
  }
}

function byId(container, id) {
  return container.querySelector(`#${CSS.escape(id)}`);
}

/** A table in an area that scrolls by itself when the window is narrow, also with the keyboard. */
export function table(id, caption, head, rows, { hiddenCaption = false } = {}) {
  const area = el('div', { class: 'scroll', id, tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', {},
      el('caption', { class: hiddenCaption ? 'unseen' : null }, el('span', {}, caption)),
      el('thead', {}, el('tr', {}, head.map((text) => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, rows)));
  // A table that fits is no stop of the Tab key.
  new ResizeObserver(() => { area.tabIndex = area.scrollWidth > area.clientWidth ? 0 : -1; }).observe(area);
  return area;
}

/** A note in place of what is not there yet, with the command that brings it. */
export function empty(text, command) {
  return el('div', { class: 'empty' }, el('p', {}, text), command ? el('pre', {}, el('code', {}, command)) : null);
}
