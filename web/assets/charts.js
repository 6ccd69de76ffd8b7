// Draws every <figure class="chart" data-chart> from the ECharts option in its
// <script type="application/json">, into its <div class="plot">.
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { functions } from './js/functions.js';
import danish from './js/locale-da.js';
import { named } from './js/named.js';
import { theme } from './js/theme.js';

echarts.use([
  BarChart, CustomChart, LineChart, ScatterChart, GridComponent, TooltipComponent, LegendComponent,
  MarkLineComponent, MarkPointComponent, MarkAreaComponent, AriaComponent, LabelLayout, SVGRenderer,
]);
echarts.registerLocale('DA', danish);
echarts.registerTheme('gevinst', theme);

const language = document.documentElement.lang === 'en' ? 'en' : 'da';
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const table = functions(language === 'da' ? 'da-DK' : 'en-GB');

// The text width of A4 with the print style's margins, in CSS pixels: 180 mm.
const paperWidth = 680;

// The charts that can be seen are drawn at once. The others follow one at a time while nothing else is to be done, and all of them
// before the page is printed.
export async function draw(figures) {
  const waiting = new Set(figures);
  const fits = [];
  const next = (figure) => {
    if (waiting.delete(figure)) fits.push(drawOne(figure));
  };
  addEventListener('beforeprint', () => {
    waiting.forEach(next);
    for (const fit of fits) fit(paperWidth);
  });
  addEventListener('afterprint', () => {
    for (const fit of fits) fit('auto');
  });
  // Labels are measured when drawn, so the font should be there; a slow font must not hold a chart back.
  await Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, 500))]);
  for (const figure of figures) {
    if (inView(figure.querySelector('.plot'))) next(figure);
  }
  performance.mark('charts drawn');
  for (const figure of figures) {
    await idle();
    next(figure);
  }
}

function inView(plot) {
  const { top, bottom } = plot.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

// idle comes soon also where the page is never at rest. Safari tells nothing of rest.
function idle() {
  return new Promise((done) => ('requestIdleCallback' in window ? requestIdleCallback(done, { timeout: 200 }) : setTimeout(done)));
}

// drawOne gives the function that draws the chart anew to a width.
function drawOne(figure) {
  const plot = figure.querySelector('.plot');
  const source = figure.querySelector('script[type="application/json"]');
  const chart = echarts.init(plot, 'gevinst', { renderer: 'svg', locale: language.toUpperCase() });
  const option = () => prepared(JSON.parse(source.textContent));
  chart.setOption(option());

  // The summary and the table beside it say what the picture shows: its name is enough, unless the
  // option brings a description of its own.
  plot.setAttribute('role', 'img');
  if (!plot.hasAttribute('aria-label')) {
    plot.setAttribute('aria-label', figure.querySelector('.chart-title')?.textContent.trim() ?? '');
  }

  // A point may carry the address of what is behind it. Only our own pages: the option holds data.
  chart.on('click', ({ data }) => {
    if (/^\/(?!\/)/.test(data?.href ?? '')) location.assign(data.href);
  });

  // ECharts keeps what a media rule changed when the rule no longer holds, so an option with such
  // rules is set anew for each width, without the opening animation. 'auto' undoes a width given before.
  const fit = (to) => {
    chart.resize({ width: to });
    chart.getZr().flush(); // paper does not wait for the next frame
    const again = option();
    if (!again.media) return;
    (again.baseOption ?? again).animation = false;
    chart.setOption(again, { notMerge: true });
  };
  let width = plot.clientWidth; // not the chart's own: paper may have given it another before the first call
  new ResizeObserver(() => {
    if (plot.clientWidth === 0 || plot.clientWidth === width) return;
    width = plot.clientWidth;
    fit('auto');
  }).observe(plot);
  return fit;
}

// prepared puts functions for their names and sets what every chart of ours shares.
function prepared(option) {
  const whole = named(option, table);
  const base = whole.baseOption ?? whole;
  // HTML tooltips carry style attributes, which the page's security policy refuses. This must
  // stand before the first setOption.
  base.tooltip = { confine: true, ...base.tooltip, renderMode: 'richText' };
  base.aria = { label: { enabled: false }, ...base.aria, enabled: true };
  base.aria.decal = { show: true, decals: theme.aria.decal.decals, ...base.aria.decal };
  if (calm.matches) base.animation = false;
  return whole;
}
