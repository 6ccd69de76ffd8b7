// The queue of claims on top of its plain form: the arrow keys move between the rows' boxes, "a"
// chooses all that are shown, and what is chosen is added up at once. Amounts are whole øre.

const typing = (target) => target.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]') != null;

export function tendQueue(form) {
  const boxes = [...form.querySelectorAll('input[name=chosen]')];
  const language = document.documentElement.lang === 'en' ? 'en-GB' : 'da-DK';
  const unit = document.documentElement.lang === 'en' ? 'DKK' : 'kr.';
  const kroner = (ore) => {
    const digits = ore % 100 === 0 ? 0 : 2;
    const format = new Intl.NumberFormat('da-DK', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return `${format.format(ore / 100).replace('-', '\u2212')}\u00a0${unit}`;
  };
  const count = new Intl.NumberFormat(language);

  const add = () => {
    const sum = { count: 0, gross: 0, running: 0 };
    for (const box of boxes) {
      if (!box.checked) continue;
      sum.count += 1;
      sum.gross += Number(box.dataset.gross);
      sum.running += Number(box.dataset.running);
    }
    const show = (name, text) => { form.querySelector(`[data-sum=${name}]`).textContent = text; };
    show('count', count.format(sum.count));
    show('gross', kroner(sum.gross));
    show('running', kroner(sum.running));
    show('net', kroner(sum.gross - sum.running));
  };

  form.addEventListener('change', (event) => { if (event.target.name === 'chosen') add(); });
  addEventListener('pageshow', add); // the browser may bring choices back

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const inside = form.contains(event.target) || event.target === document.body;
    if (!inside || boxes.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const at = boxes.indexOf(event.target);
      if (at < 0 && event.target !== document.body) return;
      boxes[Math.max(0, Math.min(boxes.length - 1, at < 0 ? 0 : at + step))].focus();
      event.preventDefault();
    } else if (event.key === 'a') {
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
      add();
      event.preventDefault();
    }
  });

  form.querySelector('#queue-keys').classList.remove('unseen');
  form.querySelector('#queue-add').classList.add('unseen'); // it is added up already
  add();
}
