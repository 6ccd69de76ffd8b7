// Copy, cut and paste of blocks, in the text that spreadsheets exchange: cells by tabs, rows by line
// breaks, a cell with either in quotation marks.

// parse gives the rows of cells. Spreadsheets end the last row with a line break too.
export function parse(text) {
  const rows = [[]];
  // A cell in quotation marks counts as such only if it ends where they do.
  const cell = /"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)|([^\t\r\n]*)/y;
  const end = /\t|\r\n|\n|\r/y;
  for (let at = 0; ;) {
    cell.lastIndex = at;
    const [whole, quoted, bare] = cell.exec(text);
    // A field holds one line.
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? bare).replace(/\s*[\r\n]+\s*/g, ' ').trim());
    at += whole.length;
    if (at >= text.length) return rows;
    end.lastIndex = at;
    const [mark] = end.exec(text);
    at += mark.length;
    if (mark === '\t') continue;
    if (at >= text.length) return rows;
    rows.push([]);
  }
}

export const format = (rows) => rows
  .map((row) => row.map((text) => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join('\t'))
  .join('\r\n');

export function clipboard(table, selection, journal, say) {
  const mine = (event) => event.target === selection.active;

  function copy(event) {
    if (!mine(event) || selection.mode !== 'selected') return false;
    event.preventDefault();
    const block = selection.block;
    event.clipboardData.setData('text/plain', format(block.map((row) => row.map((field) => field?.value ?? ''))));
    if (selection.several) say('copied', size(block));
    return true;
  }

  table.addEventListener('copy', copy);
  table.addEventListener('cut', (event) => {
    if (!copy(event)) return;
    journal.write(selection.block.flat().filter(Boolean).map((field) => [field, '']));
    selection.refresh();
  });

  table.addEventListener('paste', (event) => {
    if (!mine(event)) return;
    const rows = parse(event.clipboardData.getData('text/plain'));
    const single = rows.length === 1 && rows[0].length === 1;
    if (single && selection.mode !== 'selected') return; // into the text at the caret
    event.preventDefault();
    selection.commit();
    paste(single ? selection.block.map((row) => row.map(() => rows[0][0])) : rows, single);
  });

  // All of it or nothing: half a block would be taken for the whole.
  function paste(rows, filling) {
    const [first] = selection.block.flat().filter(Boolean);
    const cols = Math.max(...rows.map((row) => row.length));
    const room = selection.model.room(first);
    if (rows.length > room.rows || cols > room.cols) {
      say('pasteLarge', { rows: rows.length, cols, room_rows: room.rows, room_cols: room.cols });
      return;
    }
    const target = filling ? selection.block : selection.model.from(first, rows.length, cols);
    const pairs = [];
    for (const [r, row] of rows.entries()) {
      for (const [c, text] of row.entries()) {
        const field = target[r][c];
        if (field) {
          pairs.push([field, text]);
        } else if (text !== '' && !filling) {
          say('pasteGap', { value: text });
          return;
        }
      }
    }
    journal.write(pairs);
    if (!filling) {
      selection.go(first);
      selection.extend(target.at(-1).findLast(Boolean) ?? first);
    }
    selection.refresh();
    if (pairs.length > 1) say('pasted', { rows: rows.length, cols });
  }
}

const size = (block) => ({ rows: block.length, cols: block[0].length });
