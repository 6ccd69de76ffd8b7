// A lost connection: the words say what becomes of what one writes, and a form that cannot be sent is
// held back rather than lost behind the browser's error page.

const patience = 5000; // ms to wait for a sign of life

export function connection(form, draft, say) {
  let lost = false;
  let passed = false; // the next submit has been looked into
  let looking = false;
  const waiting = [];

  const link = {
    lost() {
      lost = true;
      say.status('offline', true);
    },
    reached() {
      if (!lost) return;
      lost = false;
      say.status('online');
    },
    // back registers what to do when the browser finds the network again.
    back: (action) => waiting.push(action),
  };
  if (!navigator.onLine) link.lost();
  addEventListener('offline', link.lost);
  addEventListener('online', () => {
    for (const action of waiting) action(); // their answers tell whether it holds
  });

  form.addEventListener('submit', async (event) => {
    if (passed) {
      passed = false;
      draft.sending();
      return;
    }
    event.preventDefault();
    if (looking) return;
    const { submitter } = event;
    draft.write();
    looking = true;
    const there = await alive();
    looking = false;
    if (!there) {
      lost = true;
      say.status('offlineSave', true);
      return;
    }
    passed = true;
    form.requestSubmit(submitter);
  });

  return link;
}

async function alive() {
  if (!navigator.onLine) return false;
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(patience) });
    return answer.ok;
  } catch {
    return false; // no answer is the answer
  }
}
