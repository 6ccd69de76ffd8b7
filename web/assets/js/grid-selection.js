// Which cell has the keyboard, which block is chosen, and whether the cell is being written in:
// 'selected' (typing replaces), 'typing' (begun by typing: an arrow ends it) or 'editing' (begun by F2
// or a double click: arrows move in the text).
import { cellOf } from './grid-model.js';

export class Selection {
  mode = 'selected';
  active = null; // the field that has the keyboard
  #head = null; // the block's other corner
  #before = ''; // the active field's value when it was entered
  #marked = [];

  constructor(model, journal, say) {
    Object.assign(this, { model, journal, say });
  }

  // entered is told of every field that gets the keyboard, however that came.
  entered(field) {
    if (field === this.active) return;
    this.active = field;
    this.#head = field;
    this.#select();
    this.#mark();
  }

  left() {
    this.commit();
    this.active = null;
    this.#mark();
  }

  go(field) {
    if (!field) return;
    this.commit();
    if (field === this.active) {
      this.#head = field;
      this.#mark();
      return;
    }
    field.focus();
  }

  move(down, right) {
    this.commit();
    this.go(this.model.next(this.active, down, right) ?? this.active);
  }

  extend(field) {
    if (!field || field === this.#head) return;
    this.commit();
    this.#head = field;
    cellOf(field).scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#mark();
    const block = this.block;
    if (this.several) this.say('block', { rows: block.length, cols: block[0].length });
  }

  get head() { return this.#head; }
  get several() { return this.#head !== this.active; }
  get block() { return this.model.block(this.active, this.#head); }

  collapse() {
    this.#head = this.active;
    this.#mark();
  }

  // The first key replaces the value: all of it was selected.
  typed() {
    if (this.mode === 'selected') this.#enter('typing');
  }

  edit() {
    this.collapse();
    this.#enter('editing');
    const end = this.active.value.length;
    this.active.setSelectionRange(end, end);
  }

  // commit ends writing; what was typed becomes one step.
  commit() {
    if (!this.active || this.mode === 'selected') return;
    this.journal.typed(this.active, this.#before);
    this.#select();
  }

  // cancel ends writing and gives the old value back.
  cancel() {
    this.active.value = this.#before;
    this.active.dispatchEvent(new Event('input', { bubbles: true }));
    this.#select();
  }

  // refresh is called when values were changed from outside the field.
  refresh() {
    if (this.active) this.#select();
  }

  #enter(mode) {
    this.mode = mode;
    this.active.classList.add('writing');
  }

  #select() {
    this.mode = 'selected';
    this.active.classList.remove('writing');
    this.#before = this.active.value;
    if (document.activeElement === this.active) this.active.select();
  }

  // Only what differs is written into the page.
  #mark() {
    const now = this.active && this.several ? this.block.flat().filter(Boolean).map(cellOf) : [];
    const keep = new Set(now);
    for (const cell of this.#marked) if (!keep.has(cell)) cell.classList.remove('in-block');
    for (const cell of now) cell.classList.add('in-block');
    this.#marked = now;
  }
}
