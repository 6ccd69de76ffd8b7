// Started on every page. Each part only adds to markup that works without it.
import { guardForms } from './js/forms.js';
import { closeOnEscape, focusSearchOnSlash } from './js/keyboard.js';

focusSearchOnSlash();
closeOnEscape();
guardForms();

// The chart library is the heaviest file by far, so only pages with a chart fetch it.
const figures = document.querySelectorAll('figure[data-chart]');
if (figures.length > 0) {
  import('./charts.js').then((charts) => charts.draw(figures));
}

const queue = document.querySelector('form#queue');
if (queue) import('./js/queue.js').then((part) => part.tendQueue(queue));

const moves = document.querySelector('[data-moves]');
if (moves) import('./js/timeline.js').then((part) => part.proposeMoves(moves));

const preview = document.querySelector('form#claim button[formaction$="/claim/preview"]');
if (preview) import('./js/claim.js').then((part) => part.readClaim(preview));
