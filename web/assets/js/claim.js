// The claim's reading, as one types: the preview that the form's second button asks for, fetched into its place. The page it
// comes from is the server's own, so the amounts are split and written in one place alone.

const pause = 300;

export function readClaim(button) {
  const form = button.form;
  let timer = 0;
  let asked = 0;
  const read = async () => {
    asked += 1;
    const mine = asked;
    const answer = await fetch(button.formAction, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: 'text/html' },
    }).catch(() => null); // offline the last reading stays; sending tells
    if (!answer || mine !== asked || ![200, 409, 422].includes(answer.status)) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const reading = page.getElementById('spread');
    if (!reading || mine !== asked) return;
    const refused = [...page.querySelectorAll('.error-summary li')].map((li) => li.textContent);
    document.getElementById('spread').replaceChildren(...reading.childNodes);
    if (refused.length > 0) {
      const words = document.createElement('p');
      words.className = 'form-error-message';
      words.textContent = refused.join(' ');
      document.getElementById('spread').append(words);
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(read, pause);
  });
}
