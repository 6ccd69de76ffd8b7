// Moves on the time line, on top of each row's plain form: a row is dragged, or moved by the arrow keys (Shift: three months), the
// new month is drawn and said at once, and Enter or letting go opens the form with that month in it. Nothing is sent before the form.

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const later = (month, n) => { const m = new Date(`${month}-01T00:00:00Z`); m.setUTCMonth(m.getUTCMonth() + n); return m; };

export function proposeMoves(section) {
  const texts = section.dataset;
  const said = section.querySelector('[role=status]');
  const format = new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'da-DK', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  for (const row of section.querySelectorAll('[data-move]')) tend(row, texts, format, (text) => { said.textContent = text; });
  section.querySelector('#move-keys').classList.remove('unseen');
}

function tend(row, texts, format, say) {
  const track = row.querySelector('.track');
  const form = row.querySelector('details.timeline-move');
  const title = row.querySelector('.timeline-name a').textContent;
  const now = row.dataset.now;
  const at = Number(row.dataset.at);
  const [low, high] = [Number(row.dataset.min), Number(row.dataset.max)];
  const span = Number(/span-(\d+)/.exec(row.parentElement.className)[1]);
  let months = 0;

  const by = () => {
    if (months === 0) return texts.same;
    const direction = months > 0 ? 'later' : 'earlier';
    return fill(texts[`${direction}${Math.abs(months) === 1 ? 'One' : 'Many'}`], { n: Math.abs(months) });
  };
  const draw = (name, from, to, text) => {
    const [first, end] = [Math.max(from, 0), Math.min(to, span)];
    if (first >= end) return;
    const piece = document.createElement('span');
    piece.className = `${name} from-${first} len-${end - first}`;
    piece.textContent = text;
    track.append(piece);
  };
  const show = () => {
    for (const piece of track.querySelectorAll('.moving, .moved')) piece.remove();
    if (months !== 0) {
      draw('moving', Math.min(at, at + months), Math.max(at, at + months), '');
      draw('moved', at + months, at + months + 1, '\u25c7');
    }
    track.setAttribute('aria-valuenow', String(months));
    track.setAttribute('aria-valuetext', format.format(later(now, months)));
    row.querySelector('input[name=move_to]').value = later(now, months).toISOString().slice(0, 7);
  };
  const move = (to) => {
    const bounded = Math.max(low, Math.min(high, to));
    if (bounded === months && bounded === to) return;
    months = bounded;
    show();
    const sentence = fill('effect' in row.dataset ? texts.effect : texts.done, { title, month: format.format(later(now, months)), by: by() });
    say([sentence, to === bounded ? '' : texts.bound, months === 0 ? '' : texts.next].filter(Boolean).join(' '));
  };
  const undo = () => {
    months = 0;
    show();
    form.open = false;
    say(fill(texts.undone, { title, month: format.format(later(now, 0)) }));
  };
  const offer = () => {
    form.open = true;
    row.querySelector('select[name=scenario]').focus();
  };

  track.removeAttribute('aria-hidden');
  for (const [name, value] of Object.entries({ role: 'slider', tabindex: '0', 'aria-label': fill(texts.name, { title }), 'aria-valuemin': String(low), 'aria-valuemax': String(high) })) {
    track.setAttribute(name, value);
  }
  track.setAttribute('aria-valuenow', '0');
  track.setAttribute('aria-valuetext', format.format(later(now, 0)));

  track.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) move(months + step * (event.shiftKey ? 3 : 1));
    else if (event.key === 'Enter' && months !== 0) offer();
    else return;
    event.preventDefault();
  });
  row.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || months === 0) return;
    undo();
    track.focus();
    event.preventDefault();
  });

  let held = null;
  track.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    held = { x: event.clientX, months };
    track.setPointerCapture(event.pointerId);
  });
  track.addEventListener('pointermove', (event) => {
    if (held) move(held.months + Math.round((event.clientX - held.x) * span / track.clientWidth));
  });
  track.addEventListener('pointerup', () => {
    const moved = held && held.months !== months;
    held = null;
    if (moved && months !== 0) offer();
  });
  track.addEventListener('pointercancel', () => { held = null; undo(); });
}
