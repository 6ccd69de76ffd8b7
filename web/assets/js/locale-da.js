// The Danish words of ECharts. Only what our charts can show: the rest falls back to English.
export default {
  time: {
    month: ['januar', 'februar', 'marts', 'april', 'maj', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'december'],
    monthAbbr: ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'],
    dayOfWeek: ['søndag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'],
    dayOfWeekAbbr: ['søn', 'man', 'tir', 'ons', 'tor', 'fre', 'lør'],
  },
  legend: { selector: { all: 'Alle', inverse: 'Omvendt' } },
};
