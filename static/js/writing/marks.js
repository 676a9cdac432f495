/**
 * What each tool makes of a field: where to write, what to write there, and what is selected after.
 * Pure: a text and a selection in, an edit {from, to, text, select: [from, to]} out.
 */

const ADDRESS = /^(https?:\/\/|mailto:)\S+$/;
const ITEM = /^([ \t]*)([-*+]|(\d{1,9})([.)]))( +)(.*)$/;
const LINE_MARK = /^(#{1,6} |[-*+] |\d+[.)] )/;

/** Puts marks round the selected words, or takes them off again; blanks at the ends stay outside. */
function round(mark) {
  return (text, from, to, words) => {
    const selected = text.slice(from, to);
    const inner = selected.trim();
    const start = from + selected.indexOf(inner);
    const end = start + inner.length;
    const isMarked =
      inner && text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
    if (isMarked) {
      const begin = start - mark.length;
      return { from: begin, to: end + mark.length, text: inner, select: [begin, begin + inner.length] };
    }
    const put = inner || words;
    const begin = start + mark.length;
    return { from: start, to: end, text: mark + put + mark, select: [begin, begin + put.length] };
  };
}

/** Puts a mark before each line that is selected in part, or takes it off when all of them have it. */
function before(markOf) {
  return (text, from, to, words) => {
    const start = text.lastIndexOf("\n", from - 1) + 1;
    const next = text.indexOf("\n", to);
    const end = next < 0 ? text.length : next;
    const lines = text.slice(start, end).split("\n");
    const written = lines.filter((line) => line.trim());
    const isMarked = written.length > 0 && written.every((line, index) => line.startsWith(markOf(index)));
    let count = -1;
    const made = lines.map((line) => {
      if (!line.trim() && lines.length > 1) {
        return line;
      }
      count += 1;
      const bare = line.replace(LINE_MARK, "");
      return isMarked ? bare : markOf(count) + (bare || words);
    });
    const whole = made.join("\n");
    const select = lines.length > 1 ? start : start + whole.length - (written.length ? 0 : words.length);
    return { from: start, to: end, text: whole, select: [select, start + whole.length] };
  };
}

/** Returns where the words of the first selected line stand that has any; no link goes over lines. */
function firstWords(text, from, to) {
  let start = from;
  for (const line of text.slice(from, to).split("\n")) {
    const bare = line.replace(LINE_MARK, "");
    if (bare.trim()) {
      const first = start + line.length - bare.trimStart().length;
      return [first, first + bare.trim().length];
    }
    start += line.length + 1;
  }
  return [from, to];
}

/** Makes a link of the selected words, its address selected; of a selected address, its words. */
function link(text, selectedFrom, selectedTo, words) {
  const isLong = text.slice(selectedFrom, selectedTo).includes("\n");
  const [from, to] = isLong ? firstWords(text, selectedFrom, selectedTo) : [selectedFrom, selectedTo];
  const selected = text.slice(from, to).trim() || words;
  if (ADDRESS.test(selected)) {
    return { from, to, text: `[${words}](${selected})`, select: [from + 1, from + 1 + words.length] };
  }
  const address = from + selected.length + 3;
  return { from, to, text: `[${selected}](https://)`, select: [address, address + 8] };
}

/**
 * Returns what Enter writes at the end of a list item: the sign of the next one, or, after an item without
 * words, the end of the list. Anywhere else null: then Enter is just Enter.
 */
export function nextItem(text, from, to) {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const isAtEnd = from === to && (to === text.length || text[to] === "\n");
  const item = isAtEnd && ITEM.exec(text.slice(start, from));
  if (!item) {
    return null;
  }
  const [, indent, sign, number, dot, gap, words] = item;
  if (!words.trim()) {
    return { from: start, to: from, text: "", select: [start, start] };
  }
  const made = `\n${indent}${number ? Number(number) + 1 + dot : sign}${gap}`;
  return { from, to, text: made, select: [from + made.length, from + made.length] };
}

export const TOOLS = {
  bold: round("**"),
  italic: round("*"),
  heading: before(() => "## "),
  list: before(() => "- "),
  numbers: before((index) => `${index + 1}. `),
  link,
};
