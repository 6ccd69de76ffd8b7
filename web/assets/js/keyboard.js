// Keyboard shortcuts: "/" goes to the search field, Escape closes what is open.

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]') != null;

export function focusSearchOnSlash() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    // On a phone the field sits in the closed menu: open it first.
    const field = document.querySelector('[data-search]');
    if (!field) return;
    const menu = field.closest('details:not([open])');
    if (menu && !field.checkVisibility?.()) menu.open = true;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

// Only popups close (menus, the as-of switch, opened figures): a disclosure that is part of
// the page's text stays as the reader left it. <dialog> closes by itself.
export function closeOnEscape() {
  const popup = 'details[data-popup][open]';
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const open = event.target.closest?.(popup) ?? document.querySelector(popup);
    if (!open) return;
    open.open = false;
    open.querySelector('summary')?.focus();
  });
  document.addEventListener('click', (event) => {
    for (const open of document.querySelectorAll(popup)) {
      if (!open.contains(event.target)) open.open = false;
    }
    const opener = event.target.closest?.('[data-dialog]');
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  });
}
