// What was changed, step by step, to undo and redo. A paste or an emptied block is one step.

export class Journal {
  #steps = [];
  #done = 0; // steps before this are done, those from it on are undone
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  // write sets the fields to the values ([[field, value]…]) as one step and tells whether any differed.
  write(pairs) {
    const step = pairs
      .filter(([field, value]) => field.value !== value)
      .map(([field, after]) => ({ field, before: field.value, after }));
    if (step.length === 0) return false;
    for (const { field, after } of step) field.value = after;
    this.#push(step);
    this.#changed();
    return true;
  }

  // typed records what the reader has typed into a field already; the field itself has told of it.
  typed(field, before) {
    if (field.value !== before) this.#push([{ field, before, after: field.value }]);
  }

  // undo and redo give the first field that they changed, or undefined if there is nothing left.
  undo() {
    if (this.#done === 0) return undefined;
    return this.#apply(this.#steps[--this.#done], 'before');
  }

  redo() {
    if (this.#done === this.#steps.length) return undefined;
    return this.#apply(this.#steps[this.#done++], 'after');
  }

  #push(step) {
    this.#steps.length = this.#done;
    this.#steps.push(step);
    this.#done++;
  }

  #apply(step, which) {
    for (const change of step) change.field.value = change[which];
    this.#changed();
    return step[0].field;
  }
}
