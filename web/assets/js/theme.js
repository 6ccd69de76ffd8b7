// Our charts' look: one accent, thin rules, direct labels. The colours are those of css/base.css.
const colours = {
  ink: '#1a1a1a', muted: '#565c63', rule: '#d8dce0', accent: '#004d8f', light: '#9cc0e0', paper: '#ffffff',
};

const text = { color: colours.muted, fontFamily: '"IBM Plex Sans", system-ui, sans-serif', fontSize: 12 };

const axis = {
  axisLine: { lineStyle: { color: colours.ink } },
  axisTick: { show: false },
  axisLabel: { color: colours.muted, fontSize: 12, lineHeight: 15 },
  nameTextStyle: { color: colours.muted, fontSize: 12 },
  splitLine: { lineStyle: { color: colours.rule } },
  splitArea: { show: false },
};

// Patterns by series, so that they can be told apart in black and white. The first is invisible:
// that series is solid.
const decals = [
  { symbol: 'rect', color: 'rgba(0,0,0,0)' },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: 'rgba(255,255,255,0.75)' },
  { symbol: 'circle', symbolSize: 0.7, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0], color: 'rgba(255,255,255,0.75)' },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: 'rgba(0,0,0,0.35)' },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: 0, color: 'rgba(0,0,0,0.45)' },
];

export const theme = {
  color: [colours.accent, colours.light, '#e3e7eb', '#1e6b3a', '#a4161a'],
  textStyle: text,
  animationDuration: 300,
  animationDurationUpdate: 200,
  aria: { decal: { decals } },
  grid: { left: 8, right: 16, top: 24, bottom: 8 },
  categoryAxis: { ...axis, splitLine: { show: false } },
  valueAxis: { ...axis, axisLine: { show: false } },
  line: { symbol: 'circle', symbolSize: 5, lineStyle: { width: 2.5 } },
  bar: { barMaxWidth: 44 },
  legend: { textStyle: { color: colours.ink, fontSize: 12 }, itemWidth: 18, itemHeight: 11, left: 0, top: 0 },
  tooltip: {
    backgroundColor: colours.paper,
    borderColor: colours.rule,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { ...text, color: colours.ink },
    axisPointer: { lineStyle: { color: colours.muted }, shadowStyle: { color: 'rgba(0,77,143,0.06)' } },
  },
};
