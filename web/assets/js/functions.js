// The functions that a chart option may name as "@fn:…". Amounts are whole øre; the unit stands in
// the chart's title, so only the figure is written. What has no value is written as a dash.

const none = '–';
const monthsPerYear = 12;

// value accepts what ECharts passes to axisLabel.formatter and valueFormatter (the bare value) and to
// label.formatter (an object with it; of a point's coordinates the last is the amount).
function value(given) {
  const inner = given !== null && typeof given === 'object' && !Array.isArray(given) ? given.value : given;
  const last = Array.isArray(inner) ? inner.at(-1) : inner;
  return last === '' || last === '-' || last === undefined ? null : last;
}

// once makes a thing when it is first asked for: one of Intl's formats takes longer to make than a chart to lay out, and a page uses
// few of them.
function once(make) {
  let made;
  return () => (made ??= make());
}

// amount makes a formatter that shows øre in a unit of so many øre.
function amount(locale, unit, digits) {
  const format = once(() => new Intl.NumberFormat(locale, digits));
  return (given) => {
    const ore = value(given);
    if (ore === null || !Number.isFinite(Number(ore))) return none;
    // "-0,0" would be a rounded small loss and reads as nonsense.
    return format().format(Number(ore) / unit).replace(/^-(?=[0.,]*$)/, '').replace('-', '\u2212');
  };
}

// month takes "2018-07" and writes "jul", and in January and in an axis' first place the year too.
function month(locale) {
  const short = once(() => new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }));
  return (given, index) => {
    const [, year, number] = /^(\d{4})-(\d{2})$/.exec(String(value(given))) ?? [];
    if (!year || number < 1 || number > monthsPerYear) return String(value(given) ?? none);
    const name = short().format(Date.UTC(year, number - 1)).replace('.', '');
    return index === 0 || number === '01' ? `${name}\n${year}` : name;
  };
}

// target is a custom series' renderItem: a short line across the bar at the target of a horizontal
// bullet chart. Data are [target, category].
function target(_params, api) {
  const [x, y] = api.coord([api.value(0), api.value(1)]);
  const half = api.size([0, 1])[1] * 0.35;
  return {
    type: 'line',
    shape: { x1: x, y1: y - half, x2: x, y2: y + half },
    style: { stroke: api.visual('color'), lineWidth: 3 },
  };
}

// range is a custom series' renderItem: a whisker from low to high. Data are [category, low, high].
function range(_params, api) {
  const [x, low] = api.coord([api.value(0), api.value(1)]);
  const [, high] = api.coord([api.value(0), api.value(2)]);
  const cap = 5;
  const line = (x1, y1, x2, y2) => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke: api.visual('color'), lineWidth: 1.5 },
  });
  return {
    type: 'group',
    children: [line(x, low, x, high), line(x - cap, low, x + cap, low), line(x - cap, high, x + cap, high)],
  };
}

export function functions(locale) {
  const fixed = (digits) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  const percent = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));
  return {
    kr: amount(locale, 100, fixed(0)),
    tkr: amount(locale, 100_000, fixed(0)),
    mio: amount(locale, 100_000_000, { minimumFractionDigits: 1, maximumFractionDigits: 2 }),
    // Thousandths of an indicator's unit.
    milli: amount(locale, 1000, { maximumFractionDigits: 3 }),
    // A share of one: 0.42 is "42 %".
    pct: (given) => (value(given) === null ? none : percent().format(value(given))),
    month: month(locale),
    target,
    range,
  };
}
