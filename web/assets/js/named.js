// Only where ECharts expects a function is a name one: elsewhere "@fn:" is somebody's text.
const takesFunction = new Set(['formatter', 'valueFormatter', 'renderItem']);

// named replaces every "@fn:name" in the option by the table's function. An unknown name is a mistake of the option's
// author and must not pass as a label.
export function named(value, table, key) {
  if (takesFunction.has(key) && typeof value === 'string' && value.startsWith('@fn:')) {
    const fn = table[value.slice('@fn:'.length)];
    if (!fn) throw new Error(`chart option names an unknown function: ${value}`);
    return fn;
  }
  if (Array.isArray(value)) return value.map((inner) => named(inner, table));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, named(inner, table, name)]));
}
