// Where the cells are. A line is a table row, a column what its cells' data-col says; a line need not
// have every column (a low or high estimate has no title). Lines that are not shown do not count: an
// arrow passes them by and a block does not touch them.

const fieldOf = 'input:not([type=hidden], [type=checkbox], [type=radio], [readonly], :disabled)';

export function readModel(table) {
  const columns = new Map();
  const places = new Map(); // field -> { line, col }
  const lines = [...table.querySelectorAll('tr[data-line]')].map((row) => ({ row, cells: [] }));
  for (const line of lines) {
    for (const cell of line.row.querySelectorAll('[data-row][data-col]')) {
      const field = cell.querySelector(fieldOf);
      if (!field) continue;
      if (!columns.has(cell.dataset.col)) columns.set(cell.dataset.col, columns.size);
      const col = columns.get(cell.dataset.col);
      line.cells[col] = field;
      places.set(field, { line, col });
    }
  }
  const width = columns.size;
  const shown = () => lines.filter((line) => line.row.checkVisibility());

  // The next field from a place in a direction, or undefined at the edge.
  function next(field, down, right) {
    const { line, col } = places.get(field);
    const all = shown();
    let r = all.indexOf(line) + down;
    let c = col + right;
    while (r >= 0 && r < all.length && c >= 0 && c < width) {
      if (all[r].cells[c]) return all[r].cells[c];
      r += down;
      c += right;
    }
    return undefined;
  }

  return {
    has: (field) => places.has(field),
    next,

    // The last field in a direction: the grid's edge.
    edge(field, down, right) {
      let at = field;
      for (let to = next(at, down, right); to; to = next(at, down, right)) at = to;
      return at;
    },

    corner(last) {
      const fields = shown().flatMap((line) => line.cells.filter(Boolean));
      return last ? fields.at(-1) : fields[0];
    },

    // The rectangle between two fields, as rows of fields; undefined where a line has none.
    block(from, to) {
      const [a, b] = [places.get(from), places.get(to)];
      const all = shown();
      const [top, bottom] = [all.indexOf(a.line), all.indexOf(b.line)].sort((x, y) => x - y);
      const [left, right] = [a.col, b.col].sort((x, y) => x - y);
      return all.slice(top, bottom + 1).map(({ cells }) =>
        Array.from({ length: right - left + 1 }, (_, i) => cells[left + i]));
    },

    // How many rows and columns there are from a field on, itself included.
    room(field) {
      const { line, col } = places.get(field);
      const all = shown();
      return { rows: all.length - all.indexOf(line), cols: width - col };
    },

    // The rectangle of a size whose upper left is the field.
    from(field, rows, cols) {
      const { line, col } = places.get(field);
      const all = shown();
      const top = all.indexOf(line);
      return all.slice(top, top + rows).map(({ cells }) => Array.from({ length: cols }, (_, i) => cells[col + i]));
    },
  };
}

export const cellOf = (field) => field.closest('[data-row][data-col]');
