// The keyboard, as in a spreadsheet. Tab is left to the browser: the next field is the next cell, and
// behind the last cell comes the rest of the page, so nobody is caught in the grid.

const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function keyboard(table, selection, journal) {
  const { model } = selection;

  table.addEventListener('focusin', ({ target }) => {
    if (model.has(target)) selection.entered(target);
  });
  table.addEventListener('focusout', ({ target }) => {
    // When the whole window is left, for a spreadsheet beside it, the cell stays chosen.
    if (target === selection.active && document.activeElement !== target) selection.left();
  });
  table.addEventListener('input', ({ target, isTrusted }) => {
    if (isTrusted && target === selection.active) selection.typed();
  });

  table.addEventListener('keydown', (event) => {
    if (event.target !== selection.active || event.isComposing || event.altKey) return;
    const act = event.ctrlKey || event.metaKey ? chord(event) : key(event);
    if (!act) return;
    event.preventDefault();
    act();
  });

  // An Enter that some input method sends by itself would send the form.
  table.addEventListener('keypress', (event) => {
    if (event.key === 'Enter' && model.has(event.target)) event.preventDefault();
  });

  // What a key does, or undefined to leave it to the field.
  function key({ key, shiftKey }) {
    const writing = selection.mode !== 'selected';
    if (key === 'Enter') return () => selection.move(shiftKey ? -1 : 1, 0);
    if (key === 'Escape') return () => escape(writing);
    if (key === 'F2') return () => selection.edit();
    if (selection.mode === 'editing') return undefined;
    if (arrows[key]) return () => step(arrows[key], shiftKey);
    if (writing) return undefined;
    if (key === 'Delete' || key === 'Backspace') return empty;
    if (key === 'Home') return () => reach([0, -1], shiftKey);
    if (key === 'End') return () => reach([0, 1], shiftKey);
    return undefined;
  }

  function chord({ key, shiftKey }) {
    if (selection.mode !== 'selected') return undefined;
    if (arrows[key]) return () => reach(arrows[key], shiftKey);
    switch (key.toLowerCase()) {
      case 'z': return () => again(shiftKey ? journal.redo() : journal.undo());
      case 'y': return () => again(journal.redo());
      case 'home': return () => to(model.corner(false), shiftKey);
      case 'end': return () => to(model.corner(true), shiftKey);
      case 'a': return () => { selection.go(model.corner(false)); selection.extend(model.corner(true)); };
      default: return undefined;
    }
  }

  function step([down, right], extend) {
    if (extend) selection.extend(model.next(selection.head, down, right));
    else selection.move(down, right);
  }

  function reach([down, right], extend) {
    to(model.edge(extend ? selection.head : selection.active, down, right), extend);
  }

  function to(field, extend) {
    if (extend) selection.extend(field);
    else selection.go(field);
  }

  function empty() {
    journal.write(selection.block.flat().filter(Boolean).map((field) => [field, '']));
    selection.refresh();
  }

  function again(field) {
    if (!field) return;
    if (model.has(field)) selection.go(field);
    else field.focus();
    selection.refresh();
  }

  // First what was typed is taken back, then the block is let go, then the grid is left.
  function escape(writing) {
    if (writing) selection.cancel();
    else if (selection.several) selection.collapse();
    else behind()?.focus();
  }

  // The first thing behind the grid that takes the keyboard.
  function behind() {
    return [...table.closest('form').querySelectorAll('a[href], button, input, select, textarea, summary')]
      .find((e) => table.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING &&
        !table.contains(e) && !e.disabled && e.type !== 'hidden' && e.checkVisibility());
  }
}
