// What forms get on top of plain HTML: a warning before changes are lost, no sending twice,
// and switches that send themselves.

// A form counts as changed when what it would send differs from what it was loaded with, so
// typing something and taking it back does not warn.
const contents = (form) => new URLSearchParams(new FormData(form)).toString();

export function guardForms() {
  const loaded = new Map();
  let leaving = false;
  for (const form of document.querySelectorAll('form[data-warn]')) {
    // A refused form comes back filled in: nothing of it is stored yet.
    loaded.set(form, form.dataset.warn === 'unsaved' ? null : contents(form));
  }

  addEventListener('beforeunload', (event) => {
    if (leaving) return;
    for (const [form, before] of loaded) {
      if (form.isConnected && contents(form) !== before) event.preventDefault();
    }
  });

  document.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    leaving = loaded.has(event.target);
    const submitter = event.submitter;
    // After the browser has collected the values: a disabled button would not be sent.
    setTimeout(() => sending(event.target, submitter, true));
  });

  // Back from the next page, the browser may show this one as it was left.
  addEventListener('pageshow', () => {
    leaving = false;
    for (const form of document.querySelectorAll('form[data-sending]')) sending(form, null, false);
  });

  // Only where one change is one choice: a date or a text passes through unfinished values.
  const choice = 'select, input[type=checkbox], input[type=radio]';
  document.addEventListener('change', (event) => {
    if (event.target.form?.hasAttribute('data-autosubmit') && event.target.matches(choice)) {
      event.target.form.requestSubmit();
    }
  });
}

function sending(form, submitter, on) {
  // A download leaves the page standing, so its button must stay usable.
  if (on && (form.target || submitter?.hasAttribute('data-download'))) return;
  form.toggleAttribute('data-sending', on);
  for (const button of form.querySelectorAll('button:not([type=button]), input[type=submit]')) {
    button.disabled = on;
  }
}
