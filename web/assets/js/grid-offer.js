// The offer of a draft that was found: fetch it or discard it. Until one of them is chosen it stays kept.

export function draftOffer(form, say, { at, older }, answer) {
  const box = document.createElement('div');
  box.className = 'alert alert-info grid-draft';
  box.setAttribute('role', 'status');
  const line = (text) => {
    const p = document.createElement('p');
    p.className = 'alert-text';
    p.textContent = text;
    return p;
  };
  const button = (key, kind, fetching) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.className = `button small button-${kind}`;
    b.dataset.draftAnswer = fetching ? 'fetch' : 'discard';
    b.textContent = say.fill(key);
    b.addEventListener('click', () => {
      const gone = answer(fetching);
      box.replaceChildren();
      if (fetching) box.append(line(say.fill('draftFetched')));
      if (gone.length > 0) box.append(line(say.fill('draftGone', { values: gone.join(' · ') })));
      box.hidden = box.childElementCount === 0;
      form.querySelector('[data-grid] input')?.focus();
    });
    return b;
  };
  const actions = document.createElement('p');
  actions.append(button('draftFetch', 'primary', true), ' ', button('draftDiscard', 'secondary', false));
  box.append(line(say.fill('draftKept', { time: time(at, say) })));
  if (older) box.append(line(say.fill('draftOlder')));
  box.append(actions);
  form.prepend(box);
}

// The time of today, or with its day.
function time(at, say) {
  const locale = document.documentElement.lang === 'en' ? 'en-GB' : 'da-DK';
  const then = new Date(at);
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(then);
  if (then.toDateString() === new Date().toDateString()) return say.fill('draftAt', { clock });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(then);
  return say.fill('draftOn', { day, clock });
}
