// The draft: what differs from the page as it was loaded is kept in the browser while one writes, and
// offered when the page is opened again without it. Only the fields that were written in are kept, so
// that fetching a draft into a newer version takes nothing back that somebody else wrote.
import { draftOffer } from './grid-offer.js';

const prefix = 'gevinst:';
const rest = 400; // ms between two writes

export function keepDraft(form, journal, say) {
  const key = prefix + form.dataset.draft;
  const refused = form.dataset.warn === 'unsaved';
  const stem = key.replace(/-v\d+$/, '');
  // What is kept besides what differs on the page: an offer nobody has answered, or what a refused page
  // was filled in with.
  let kept = {};
  let timer;

  function write() {
    clearTimeout(timer);
    timer = undefined;
    const fields = { ...kept, ...changes(form) };
    try {
      if (Object.keys(fields).length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
    } catch {
      say.status('draftRefused', true); // storage is full or switched off
    }
  }
  const now = () => {
    if (timer !== undefined) write();
  };
  const later = () => {
    timer ??= setTimeout(() => (window.requestIdleCallback ?? setTimeout)(now, { timeout: rest }), rest);
  };
  form.addEventListener('input', later);
  form.addEventListener('change', later);
  form.addEventListener('grid-change', later);
  // A page that is hidden may not come back: a phone's browser ends it without a further word.
  document.addEventListener('visibilitychange', now);
  addEventListener('pagehide', now);

  const found = stored(stem, key);
  if (refused) {
    // The page shows what was sent; its draft is that until it is saved.
    kept = Object.assign({}, ...found.map((draft) => draft.fields));
    forget(found);
    write();
  } else {
    const arrived = found.filter((draft) => draft.sent !== undefined && draft.key !== key && savedSince(draft));
    forget(arrived);
    const open = found.filter((draft) => !arrived.includes(draft) && differs(form, draft.fields));
    forget(found.filter((draft) => !open.includes(draft)));
    if (open.length > 0) offer(open);
  }

  // Several drafts are one offer: the later one's fields win.
  function offer(drafts) {
    const fields = Object.assign({}, ...drafts.map((draft) => draft.fields));
    const at = Math.max(...drafts.map((draft) => draft.at));
    const older = drafts.some((draft) => draft.key !== key);
    kept = fields;
    draftOffer(form, say, { at, older }, (fetching) => {
      const gone = fetching ? fetch(fields) : [];
      kept = {};
      forget(drafts);
      write();
      return gone;
    });
  }

  // fetch puts the draft into the fields, as one step to undo, and gives what has no field any more.
  function fetch(fields) {
    const here = new Map(named(form));
    const pairs = [];
    for (const [name, value] of Object.entries(fields)) {
      const field = here.get(name);
      if (!field) continue;
      if (isText(field)) pairs.push([field, value]);
      else if (field.type === 'checkbox' || field.type === 'radio') field.checked = value === 'on';
      else field.value = value;
    }
    journal.write(pairs);
    form.dispatchEvent(new Event('input', { bubbles: true }));
    return Object.entries(fields).filter(([name, value]) => !here.has(name) && value !== '').map(([, value]) => value);
  }

  return {
    write,
    // sending marks the draft as sent: the page that follows knows whether it was saved.
    sending() {
      write();
      const draft = read(key);
      if (draft) localStorage.setItem(key, JSON.stringify({ ...draft, sent: saved() }));
    },
  };
}

// A page that was reached by saving names what was saved in its address.
const saved = () => new URLSearchParams(location.search).get('saved') ?? '';
const savedSince = (draft) => saved() !== '' && saved() !== draft.sent;

const isText = (field) => field.tagName === 'TEXTAREA' || (field.tagName === 'INPUT' && !['checkbox', 'radio'].includes(field.type));

// The fields that a person writes in, each by a name of its own; what only shows or hides lines is none.
function named(form) {
  return [...form.elements]
    .filter((field) => field.name && !['hidden', 'submit', 'button', 'file', 'fieldset'].includes(field.type) && !field.matches('[data-grid-points]'))
    .map((field) => [field.type === 'checkbox' || field.type === 'radio' ? `${field.name}=${field.value}` : field.name, field]);
}

function valueOf(field) {
  return field.type === 'checkbox' || field.type === 'radio' ? (field.checked ? 'on' : '') : field.value;
}

function loadedOf(field) {
  if (field.type === 'checkbox' || field.type === 'radio') return field.defaultChecked ? 'on' : '';
  if (field.tagName !== 'SELECT') return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? '';
}

function changes(form) {
  return Object.fromEntries(named(form).filter(([, field]) => valueOf(field) !== loadedOf(field))
    .map(([name, field]) => [name, valueOf(field)]));
}

// differs also where a field is gone: its value would be lost.
function differs(form, fields) {
  const here = new Map(named(form));
  return Object.entries(fields).some(([name, value]) => (here.has(name) ? valueOf(here.get(name)) !== value : value !== ''));
}

// stored gives the drafts of every version of the same business case, the oldest first.
function stored(stem, key) {
  const ours = (name) => name === key || (name.startsWith(`${stem}-v`) && /^\d+$/.test(name.slice(stem.length + 2)));
  try {
    return Object.keys(localStorage).filter(ours).map((name) => ({ key: name, ...read(name) })).sort((a, b) => a.at - b.at);
  } catch {
    return []; // storage is switched off; the first write says so
  }
}

function read(key) {
  return JSON.parse(localStorage.getItem(key));
}

function forget(drafts) {
  for (const draft of drafts) localStorage.removeItem(draft.key);
}
