// What functions.js asks of Intl, and what ECharts asks of a browser, for an engine that has neither: Danish and English alone.
const months = {
  da: ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

class NumberFormat {
  constructor(locale, { style, minimumFractionDigits: least = 0, maximumFractionDigits: most = Math.max(least, 3) } = {}) {
    Object.assign(this, { danish: locale.startsWith('da'), percent: style === 'percent', least, most });
  }

  format(number) {
    const [whole, digits = ''] = Math.abs(this.percent ? number * 100 : number).toFixed(this.most).split('.');
    const kept = digits.replace(/0+$/, '').padEnd(this.least, '0');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, this.danish ? '.' : ',');
    const sign = number < 0 ? '-' : '';
    const unit = this.percent ? (this.danish ? '\u00a0%' : '%') : '';
    return sign + grouped + (kept && (this.danish ? ',' : '.') + kept) + unit;
  }
}

class DateTimeFormat {
  constructor(locale) { this.names = months[locale.slice(0, 2)]; }

  format(date) { return this.names[new Date(date).getUTCMonth()]; }
}

globalThis.Intl ??= { NumberFormat, DateTimeFormat };
// Nothing is animated, so what waits never needs to come.
globalThis.setTimeout ??= () => 0;
globalThis.clearTimeout ??= () => {};
