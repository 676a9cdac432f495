/** Whoever writes their own words has chosen them. */

export function clashRow(row) {
  row.querySelector("textarea").addEventListener("input", () => {
    row.querySelector("input[value='own']").checked = true;
  });
}
