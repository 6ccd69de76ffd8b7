// The mouse: a click chooses a cell, dragging or Shift a block, a double click writes in the cell.

export function mouse(table, selection) {
  const { model } = selection;
  const fieldAt = (target) => {
    const field = target.closest?.('[data-row][data-col]')?.querySelector('input');
    return field && model.has(field) ? field : undefined;
  };
  let dragging = false;

  table.addEventListener('mousedown', (event) => {
    const field = fieldAt(event.target);
    if (!field || event.button !== 0) return;
    if (field === selection.active && selection.mode !== 'selected') return; // the caret is being placed
    event.preventDefault(); // the browser would put its caret into the text
    if (event.shiftKey && selection.active) selection.extend(field);
    else selection.go(field);
    dragging = true;
  });
  table.addEventListener('mouseover', (event) => {
    if (dragging && event.buttons === 1 && selection.active) selection.extend(fieldAt(event.target));
  });
  addEventListener('mouseup', () => { dragging = false; });

  table.addEventListener('dblclick', (event) => {
    if (selection.mode === 'selected' && fieldAt(event.target) === selection.active && selection.active) selection.edit();
  });
}
