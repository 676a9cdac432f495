/** How a moment is written, as the pages themselves write it: 12:04, and 22 November 2026, 12:04. */

// Plain "en" would be written the American way.
const { lang } = document.documentElement;
const LOCALE = lang === "en" ? "en-GB" : lang;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const clockOf = (moment) => moment.toLocaleTimeString(LOCALE, CLOCK);

export const momentOf = (moment) =>
  `${moment.toLocaleDateString(LOCALE, { dateStyle: "long" })}, ${clockOf(moment)}`;
