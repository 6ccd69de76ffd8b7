// The lines that the grid speaks in: the reading of the cell at hand or why it is refused, and whether
// what one writes is safe. Screen readers hear both.

export function speaker(form, texts) {
  const reading = form.querySelector('[data-grid-reading]');
  const status = document.createElement('p');
  status.className = 'grid-status';
  status.setAttribute('role', 'status');
  reading.after(status);
  if (!reading.id) reading.id = 'grid-reading';

  const fill = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), texts[key]);
  const put = (line, text, bad) => {
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle('bad', bad);
  };

  // say speaks of what was just done. It stands until the reader goes on, or a refusal takes its place.
  let held = false;
  const say = (key, values) => {
    put(reading, fill(key, values), key === 'pasteLarge' || key === 'pasteGap');
    held = true;
  };
  for (const on of ['focusin', 'input']) form.addEventListener(on, () => { held = false; });
  say.fill = fill;
  say.readingId = reading.id;
  say.reading = (text, bad = false) => {
    if (!held || bad) put(reading, text, bad);
  };
  // status stands until it is taken back with ''.
  say.status = (key, bad = false) => put(status, key && texts[key], bad);
  return say;
}
