// The grid of the business case: keyboard, blocks and undo as in a spreadsheet, live totals, and a
// draft kept while one types. Without it the page is a plain form of text fields, and it stays one:
// every value lives in its field, and the server alone reads figures.
import { clipboard } from './js/grid-clipboard.js';
import { connection } from './js/grid-connection.js';
import { keepDraft } from './js/grid-draft.js';
import { Journal } from './js/grid-journal.js';
import { keyboard } from './js/grid-keys.js';
import { readModel } from './js/grid-model.js';
import { mouse } from './js/grid-mouse.js';
import { Selection } from './js/grid-selection.js';
import { speaker } from './js/grid-speaker.js';
import { liveTotals } from './js/grid-totals.js';

function start(form) {
  const texts = JSON.parse(document.querySelector('[data-grid-texts]').textContent);
  const table = form.querySelector('[data-grid]');
  const say = speaker(form, texts);
  const model = readModel(table);

  // Whatever changes a value says so once, as one event, however many cells it was.
  const changed = () => table.dispatchEvent(new Event('grid-change', { bubbles: true }));
  const journal = new Journal(changed);
  const selection = new Selection(model, journal, say);

  keyboard(table, selection, journal);
  mouse(table, selection);
  clipboard(table, selection, journal, say);

  const draft = keepDraft(form, journal, say);
  const link = connection(form, draft, say);
  liveTotals(form, say, link);
  form.dataset.gridReady = '';
}

for (const form of document.querySelectorAll('form[data-case-grid]')) start(form);
