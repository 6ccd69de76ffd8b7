// Draws a chart where there is no browser, from the option that the page's chart is drawn from: the program runs this file itself.
// It writes one global, gevinstPaper.
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, AriaComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import './js/paper-intl.js';
import { functions } from './js/functions.js';
import { named } from './js/named.js';
import { theme } from './js/theme.js';

echarts.use([
  BarChart, CustomChart, LineChart, ScatterChart, GridComponent, LegendComponent,
  MarkLineComponent, MarkPointComponent, MarkAreaComponent, AriaComponent, LabelLayout, SVGRenderer,
]);
echarts.registerTheme('gevinst', theme);

globalThis.gevinstPaper = {
  // measure takes over how wide a text is: (text, size in pixels, bold) gives pixels.
  measure(width) {
    const widthOf = (text, font = '') => width(text, Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 12), /bold|[6-9]00/.test(font));
    echarts.setPlatformAPI({ measureText: (text, font) => ({ width: widthOf(text, font) }) });
  },

  // svg draws an option, written as JSON, so many pixels wide and high.
  svg(text, locale, width, height) {
    const whole = named(JSON.parse(text), functions(locale));
    const base = whole.baseOption ?? whole;
    delete base.tooltip; // paper is not pointed at
    base.animation = false;
    base.aria = { ...base.aria, enabled: true, label: { enabled: false } };
    base.aria.decal = { show: true, decals: theme.aria.decal.decals, ...base.aria.decal };
    const chart = echarts.init(null, 'gevinst', { renderer: 'svg', ssr: true, width, height });
    chart.setOption(whole);
    const svg = chart.renderToSVGString();
    chart.dispose();
    return svg;
  },
};
