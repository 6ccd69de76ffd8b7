// Live totals: after a pause the whole form is asked about, and the answer's ready texts are shown.
// The script reads no figures of its own, so a figure means here what it means once it is saved.
import { cellOf } from './grid-model.js';

const pause = 150; // ms after the last keystroke

export function liveTotals(form, say, link) {
  const outputs = new Map();
  for (const output of form.querySelectorAll('[data-total]')) keep(`total ${output.dataset.total}`, output);
  // What the case comes to is said above the form too.
  for (const output of document.querySelectorAll('[data-result]')) keep(`result ${output.dataset.result}`, output);
  function keep(key, output) {
    outputs.set(key, [...(outputs.get(key) ?? []), output]);
  }

  // A chart is drawn of what is saved: it steps back while the years come to something else.
  const drawn = form.querySelector('[data-as-saved]');
  const years = [...form.querySelectorAll('tfoot [data-total]')];
  const saved = years.map((output) => output.textContent);

  let readings = {};
  // A refused page comes with its errors.
  let errors = Object.fromEntries([...form.querySelectorAll('[aria-invalid="true"]')]
    .map((field) => [field.name, toldBy(field)?.textContent ?? '']));
  let timer;
  let request;
  let asked = false;
  let failing = false;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };
  form.addEventListener('input', later);
  form.addEventListener('grid-change', later);
  form.addEventListener('focusin', ({ target }) => {
    if (!asked) later(); // the first readings
    if (target.name) read(target);
  });
  link.back(later);

  async function ask() {
    asked = true;
    request?.abort(); // the latest wins
    const { signal } = (request = new AbortController());
    let answer;
    let text;
    try {
      answer = await fetch(form.dataset.totals, {
        method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' }, signal,
      });
      text = await answer.text();
    } catch {
      if (!signal.aborted) link.lost();
      return;
    }
    link.reached();
    // Another page in its place asks to sign in again.
    const failed = !answer.ok || answer.redirected;
    if (failed || failing) say.status(failed ? 'totalsFailed' : '', failed);
    failing = failed;
    if (!failed) show(JSON.parse(text));
  }

  function show(answer) {
    for (const [name, text] of Object.entries(answer.totals ?? {})) write(`total ${name}`, text);
    for (const [name, text] of Object.entries(answer.results ?? {})) write(`result ${name}`, text);
    drawn?.classList.toggle('stale', years.some((output, k) => output.textContent !== saved[k]));
    readings = answer.readings ?? {};
    const wrong = answer.errors ?? {};
    for (const name of Object.keys(errors)) if (!wrong[name]) mark(name, '');
    for (const [name, text] of Object.entries(wrong)) if (errors[name] !== text) mark(name, text);
    errors = wrong;
    const at = document.activeElement;
    if (form.contains(at) && at.name) read(at);
    performance.mark('grid totals');
  }

  function write(key, text) {
    for (const output of outputs.get(key) ?? []) if (output.textContent !== text) output.textContent = text;
  }

  function mark(name, text) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLElement)) return;
    const told = toldBy(field);
    if (text) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
    cellOf(field)?.classList.toggle('bad', Boolean(text));
    field.closest('.form-group')?.classList.toggle('form-error', Boolean(text));
    if (text && told) {
      told.textContent = text;
    } else if (text) {
      field.setAttribute('aria-describedby', say.readingId);
    } else {
      told?.remove();
      field.removeAttribute('aria-describedby');
    }
  }

  function read(field) {
    say.reading(errors[field.name] ?? readings[field.name] ?? '', field.name in errors);
  }
}

// The message that the server has put beside a field.
const toldBy = (field) => (field.id ? document.getElementById(`${field.id}-error`) : null);
